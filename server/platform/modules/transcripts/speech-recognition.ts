import path from 'node:path';
import type { Db } from '../../db/database.ts';
import { readSetting, writeDefaultSetting, writeSetting } from '../../db/settings.ts';
import { HttpError } from '../../http/http-error.ts';
import { ModelProcess } from '../../inference/model-process.ts';
import type { SpeechChoice } from '../../inference/protocol.ts';
import { parseModelName } from '../models/catalog.ts';
import { readModelFolder } from '../models/model-folders.ts';
import { createLocalTranscriber } from './local-transcriber.ts';
import { createTranscriber, type Transcriber, type TranscriberConfig } from './transcriber.ts';

const SETTING = 'speech_model';
/** The value of a person who wants none. */
const NO_MODEL = '';

interface SpeechConfig {
  /** A service that recognizes speech in place of any model. */
  readonly transcriber: TranscriberConfig | null;
  readonly modelsDir: string;
}

/** What recognizes speech here: a configured service, or the model that a person has chosen, or nothing. */
export class SpeechRecognition {
  readonly #db: Db;
  readonly #service: Transcriber | null;
  readonly #modelsDir: string;
  readonly #processes = new Map<string, ModelProcess<SpeechChoice>>();

  constructor(db: Db, { transcriber, modelsDir }: SpeechConfig) {
    this.#db = db;
    this.#service = transcriber && createTranscriber(transcriber);
    this.#modelsDir = modelsDir;
  }

  get hasService(): boolean {
    return this.#service !== null;
  }

  /** The name of the model that is used; null for none. Takes a transaction in place of the database. */
  async getModelName(db: Db = this.#db): Promise<string | null> {
    return this.hasService ? null : (await readSetting(db, SETTING)) || null;
  }

  /** Whether speech can be recognized. Takes a transaction in place of the database. */
  async isAvailable(db: Db = this.#db): Promise<boolean> {
    return this.hasService || (await this.getModelName(db)) !== null;
  }

  /** What recognizes the speech of one video. Throws an `Error` whose message is a sentence where there is nothing. */
  async createTranscriber(): Promise<Transcriber> {
    if (this.#service) return this.#service;
    const name = await this.getModelName();
    if (name === null)
      throw new Error(
        'No speech recognition is configured: choose a model on the Models page, or set TRANSCRIBE_BASE_URL.',
      );
    return createLocalTranscriber(await this.#getProcess(name));
  }

  /**
   * Uses a model from now on, once it has been loaded, or none. Throws a 404 for one that is not there, a 409 where a service
   * recognizes speech, and a 503 with a sentence when the model cannot be loaded.
   */
  async choose(name: string | null): Promise<void> {
    if (this.hasService)
      throw new HttpError(409, 'TRANSCRIBE_BASE_URL names a service in the environment. Leave it out to use a model.');
    if (name !== null) {
      const model = await this.#getProcess(name).catch((error: unknown) => {
        throw new HttpError(404, error instanceof Error ? error.message : String(error));
      });
      await model.request('openSpeech', {}).catch((error: unknown) => {
        throw new HttpError(503, error instanceof Error ? error.message : String(error));
      });
    }
    await writeSetting(this.#db, SETTING, name ?? NO_MODEL);
  }

  /** Uses a model unless a person has decided already, also for none. */
  chooseByDefault(name: string): Promise<void> {
    return writeDefaultSetting(this.#db, SETTING, name);
  }

  /** The process of a model ends by itself when it is not asked any more. */
  async #getProcess(name: string): Promise<ModelProcess<SpeechChoice>> {
    const { model: id, precision } = parseModelName(name);
    const folder = await readModelFolder(this.#modelsDir, id);
    if (folder?.role !== 'speech')
      throw new Error(`The speech model "${id}" is not there. Download it on the Models page.`);
    const known = this.#processes.get(name);
    if (known) return known;
    const model = new ModelProcess<SpeechChoice>({ kind: 'speech', folder: path.join(this.#modelsDir, id), precision });
    this.#processes.set(name, model);
    return model;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#processes.values()].map((model) => model.stop()));
  }
}
