import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Model } from '#api/contracts/models.ts';
import type { Precision } from '../../inference/precision.ts';
import { BUILT_IN, DEFAULT_PRECISION, type KnownModel, ON_THE_HUB, toModelName } from './catalog.ts';
import type { ModelDownloads } from './downloads.ts';
import { countBytes, listModelFolders, type ModelFolder, readModelFolder } from './model-folders.ts';

/** The models of this machine: those that are built in, those that can be downloaded, and what lies in their folder. */
export class Models {
  readonly dir: string;
  readonly downloads: ModelDownloads;
  /** Why models cannot be changed here, as a sentence; null where they can. */
  readonly reason: string | null;

  constructor(dir: string, downloads: ModelDownloads, reason: string | null) {
    this.dir = dir;
    this.downloads = downloads;
    this.reason = reason;
  }

  /** All models with their states. `inUse` are the names of models that an index is of, or that recognize speech. */
  async list(inUse: readonly string[]): Promise<Model[]> {
    const folders = await listModelFolders(this.dir);
    const others = [...new Set([...folders.map(({ id }) => id), ...this.downloads.ids])]
      .filter((id) => !ON_THE_HUB.some((known) => known.id === id))
      .map((id): KnownModel => {
        const role = folders.find((folder) => folder.id === id)?.role ?? this.downloads.getStatus(id)?.role ?? 'visual';
        return { id, role, name: id, license: 'Unknown', note: 'Chosen by you.' };
      });
    const builtIn = BUILT_IN.map((known): Model => {
      const isInUse = known.role !== 'visual' || inUse.includes(known.id);
      const state = isInUse ? 'in_use' : 'built_in';
      return { ...known, source: null, state, total_bytes: null, bytes: 0, error: null, index_name: known.id };
    });
    const all = await Promise.all(
      [...ON_THE_HUB, ...others].map((known) =>
        this.#describe(
          known,
          folders.find(({ id }) => id === known.id),
          inUse,
        ),
      ),
    );
    return [...builtIn, ...all];
  }

  async #describe(known: KnownModel, folder: ModelFolder | undefined, inUse: readonly string[]): Promise<Model> {
    const download = this.downloads.getStatus(known.id);
    const indexName = toModelName(known.id, folder?.precision ?? DEFAULT_PRECISION);
    const ready = inUse.includes(indexName) ? 'in_use' : 'ready';
    return {
      ...known,
      source: known.id,
      state: folder ? ready : (download?.state ?? 'not_downloaded'),
      total_bytes: download?.totalBytes ?? null,
      bytes: folder?.bytes ?? (await countBytes(this.downloads.getFolder(known.id))),
      error: folder ? null : (download?.error ?? null),
      index_name: indexName,
    };
  }

  /** Begins a download, unless the model is there. */
  async download(id: string, precision: Precision): Promise<void> {
    if (!(await readModelFolder(this.dir, id))) this.downloads.start(id, precision);
  }

  /** Ends the download of a model and removes what is there of it. */
  async remove(id: string): Promise<void> {
    await this.downloads.cancel(id);
    await rm(path.join(this.dir, id), { recursive: true, force: true });
  }
}
