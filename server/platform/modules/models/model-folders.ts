import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { ModelRole } from '#api/contracts/models.ts';
import { PRECISIONS, type Precision, toWeightsFile } from '../../inference/precision.ts';
import { isModelId } from './catalog.ts';
import { getModelKind } from './model-kinds.ts';

/** What is in the folder of a model. */
export interface ModelFolder {
  readonly id: string;
  readonly role: ModelRole;
  readonly bytes: number;
  /** Of the weights that are there, those to use. */
  readonly precision: Precision;
}

/** What the `config.json` of every model says. */
export const configSchema = z.looseObject({ model_type: z.string() });

/** The files of a folder and of those in it, as paths relative to it, with their sizes; none where there is no folder. */
async function listFiles(folder: string): Promise<{ file: string; size: number }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const file = path.join(entry.parentPath, entry.name);
        // A download renames its files.
        const { size } = await stat(file).catch(() => ({ size: 0 }));
        return { file: path.relative(folder, file), size };
      }),
  );
}

const sumSizes = (files: readonly { readonly size: number }[]) => files.reduce((sum, { size }) => sum + size, 0);

/** Bytes of all files under a folder; 0 where there is none. */
export const countBytes = async (folder: string): Promise<number> => sumSizes(await listFiles(folder));

/** Reads a model's folder; null where there is none with all that its kind of model needs. */
export async function readModelFolder(modelsDir: string, id: string): Promise<ModelFolder | null> {
  const folder = path.join(modelsDir, id);
  try {
    const { model_type: type } = configSchema.parse(
      JSON.parse(await readFile(path.join(folder, 'config.json'), 'utf8')),
    );
    const kind = getModelKind(type);
    if (!kind) return null;
    const files = await listFiles(folder);
    const has = (name: string) => files.some(({ file }) => file === path.normalize(name));
    const precision = PRECISIONS.find((candidate) => kind.parts.every((part) => has(toWeightsFile(part, candidate))));
    return precision && kind.files.every(has) ? { id, role: kind.role, bytes: sumSizes(files), precision } : null;
  } catch {
    return null;
  }
}

/** All models that are there: downloaded, or put there by hand. */
export async function listModelFolders(modelsDir: string): Promise<ModelFolder[]> {
  const list = (folder: string) => readdir(folder, { withFileTypes: true }).catch(() => []);
  const ids: string[] = [];
  for (const owner of await list(modelsDir)) {
    if (!owner.isDirectory() || owner.name.startsWith('.')) continue;
    for (const name of await list(path.join(modelsDir, owner.name))) ids.push(`${owner.name}/${name.name}`);
  }
  const folders = await Promise.all(ids.filter(isModelId).map((id) => readModelFolder(modelsDir, id)));
  return folders.filter((folder) => folder !== null);
}
