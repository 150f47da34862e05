import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ModelRole } from '#api/contracts/models.ts';
import type { Log } from '../../../logging.ts';
import type { Precision } from '../../inference/precision.ts';
import { downloadFile, HubError, type HubFile, listHubFiles } from './hub.ts';

/** Unfinished downloads are kept here, so that they go on where they were. */
const UNFINISHED = '.unfinished';

export interface DownloadStatus {
  readonly state: 'waiting' | 'downloading' | 'failed';
  /** Null before the hub has told. */
  readonly totalBytes: number | null;
  /** What the model is for; null before the hub has told. */
  readonly role: ModelRole | null;
  readonly error: string | null;
}

interface Download extends DownloadStatus {
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

/** Downloads of models, one at a time. */
export class ModelDownloads {
  readonly #modelsDir: string;
  readonly #hub: string;
  readonly #log: Log;
  readonly #byId = new Map<string, Download>();
  #last: Promise<void> = Promise.resolve();

  constructor({ modelsDir, modelHubUrl }: { modelsDir: string; modelHubUrl: string }, log: Log) {
    this.#modelsDir = modelsDir;
    this.#hub = modelHubUrl.replace(/\/$/, '');
    this.#log = log;
  }

  /** Where an unfinished download is kept. */
  getFolder(id: string): string {
    return path.join(this.#modelsDir, UNFINISHED, id);
  }

  /** The models that are being downloaded, or could not be. */
  get ids(): string[] {
    return [...this.#byId.keys()];
  }

  getStatus(id: string): DownloadStatus | null {
    return this.#byId.get(id) ?? null;
  }

  /** Begins a download, or goes on with one that has failed; resolves at once. */
  start(id: string, precision: Precision): void {
    const known = this.#byId.get(id);
    if (known && known.state !== 'failed') return;
    const controller = new AbortController();
    const done = this.#last.then(() => this.#run(id, precision, controller.signal));
    this.#last = done;
    this.#byId.set(id, { state: 'waiting', totalBytes: null, role: null, error: null, controller, done });
  }

  /** Resolves when a model is not being downloaded any more, whatever has become of it. */
  async waitFor(id: string): Promise<void> {
    await this.#byId.get(id)?.done;
  }

  /** Ends a download, and removes what it has left. */
  async cancel(id: string): Promise<void> {
    const download = this.#byId.get(id);
    this.#byId.delete(id);
    download?.controller.abort();
    // One that waits for another writes nothing.
    if (download?.state === 'downloading') await download.done;
    await rm(this.getFolder(id), { recursive: true, force: true });
  }

  stop(): void {
    for (const { controller } of this.#byId.values()) controller.abort();
  }

  #update(id: string, change: Partial<DownloadStatus>): void {
    const known = this.#byId.get(id);
    if (known) this.#byId.set(id, { ...known, ...change });
  }

  async #run(id: string, precision: Precision, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.#update(id, { state: 'downloading' });
    try {
      const { role, files } = await listHubFiles(this.#hub, { id, precision, signal });
      this.#update(id, { role, totalBytes: files.reduce((sum, { size }: HubFile) => sum + size, 0) });
      const folder = this.getFolder(id);
      for (const file of files) await downloadFile(this.#hub, { id, file, folder, signal });
      const place = path.join(this.#modelsDir, id);
      await mkdir(path.dirname(place), { recursive: true });
      await rm(place, { recursive: true, force: true });
      await rename(folder, place);
      this.#byId.delete(id);
    } catch (error) {
      if (signal.aborted) return;
      this.#log.warn({ err: error, model: id }, 'A model could not be downloaded');
      const sentence = error instanceof HubError ? error.message : 'The model could not be downloaded.';
      this.#update(id, { state: 'failed', error: sentence });
    }
  }
}
