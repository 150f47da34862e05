import path from 'node:path';
import type { Db } from '../../db/database.ts';
import { readSetting, writeSetting } from '../../db/settings.ts';
import { LOCAL } from '../../embedding/embedding-model.ts';
import { HttpError } from '../../http/http-error.ts';
import { Embedder } from '../../inference/embedder.ts';
import type { EmbedderChoice } from '../../inference/protocol.ts';
import { parseModelName } from '../models/catalog.ts';

const SETTING = 'embedder';

/** The name of the embedder whose vectors are searched. Before there was a choice, the index was filled by "local". */
export async function readServingName(db: Db): Promise<string> {
  return (await readSetting(db, SETTING)) ?? LOCAL.name;
}

export const writeServingName = (db: Db, name: string): Promise<void> => writeSetting(db, SETTING, name);

interface EmbedderFolders {
  /** Where downloaded models are. */
  readonly modelsDir: string;
  /** What `CLIP_MODEL_DIR` names; null for CLIP from the model hub. */
  readonly clipModelDir: string | null;
}

/** The name of the embedder that `EMBEDDER=clip` chooses. */
export const getClipName = (clipModelDir: string | null): string =>
  `clip ${clipModelDir === null ? 'Xenova/clip-vit-base-patch32' : path.basename(clipModelDir)}`;

/** The embedders of this process by their names, each with a process of its own that starts when it is first needed. */
export class Embedders {
  readonly #db: Db;
  readonly #folders: EmbedderFolders;
  readonly #open = new Map<string, Promise<Embedder>>();

  constructor(db: Db, folders: EmbedderFolders) {
    this.#db = db;
    this.#folders = folders;
  }

  #choose(name: string): EmbedderChoice {
    if (name === LOCAL.name) return { kind: 'local' };
    const { modelsDir, clipModelDir } = this.#folders;
    if (name === getClipName(clipModelDir)) return { kind: 'pictures', name, folder: clipModelDir, precision: 'fp32' };
    const { model, precision } = parseModelName(name);
    return { kind: 'pictures', name, folder: path.join(modelsDir, model), precision };
  }

  /** Throws a 503 with a sentence when its model cannot be loaded. */
  get(name: string): Promise<Embedder> {
    const known = this.#open.get(name);
    if (known) return known;
    const opening = Embedder.open(this.#choose(name)).catch((error: unknown) => {
      this.#open.delete(name);
      throw new HttpError(503, error instanceof Error ? error.message : String(error));
    });
    this.#open.set(name, opening);
    return opening;
  }

  getServingName(): Promise<string> {
    return readServingName(this.#db);
  }

  /** The embedder whose vectors are searched now. */
  async getServing(): Promise<Embedder> {
    return this.get(await this.getServingName());
  }

  /** Runs `work` with the embedder whose vectors are searched; once more when that changes meanwhile. */
  async withServing<Result>(work: (embedder: Embedder) => Promise<Result>): Promise<Result> {
    const embedder = await this.getServing();
    const result = await work(embedder);
    return (await this.getServingName()) === embedder.name ? result : work(await this.getServing());
  }

  /** Ends the process of a model that is not needed any more. */
  async release(name: string): Promise<void> {
    const known = this.#open.get(name);
    this.#open.delete(name);
    await (await known?.catch(() => undefined))?.stop();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((name) => this.release(name)));
  }
}
