import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open as openFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { DISK_FULL, isDiskFull } from '../../disk-full.ts';
import { type Precision, toWeightsFile } from '../../inference/precision.ts';
import { configSchema } from './model-folders.ts';
import { getModelKind, type ModelKind } from './model-kinds.ts';

/** Why a model cannot be downloaded, as a sentence. */
export class HubError extends Error {
  override name = 'HubError';
}

/** The connection broke off: the rest can be asked for. */
class BrokenOffError extends Error {
  override name = 'BrokenOffError';
}

/** A server that sends nothing for so long is given up. */
const STALL_MS = 30_000;
const MAX_MODEL_BYTES = 10 * 2 ** 30;
/** Tries that got no further, before a download fails. */
const MAX_TRIES = 4;

const treeSchema = z.array(
  z.looseObject({
    type: z.string(),
    path: z.string(),
    size: z.number().int().nonnegative(),
    /** Of git: SHA-1 of the content behind a header. */
    oid: z.string().optional(),
    /** Large files: SHA-256 of the content. */
    lfs: z.looseObject({ oid: z.string() }).optional(),
  }),
);

export interface HubFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string | null;
  readonly gitSha1: string | null;
}

/** Configuration and vocabulary, which lie beside each other. */
const SMALL_FILE = /^[\w.-]+\.(?:json|txt|model)$/;

function explain(status: number, what: string): HubError {
  if (status === 401 || status === 403)
    return new HubError(`The model hub gives ${what} to people who have signed in there only (HTTP ${status}).`);
  if (status === 404) return new HubError(`The model hub has no ${what} (HTTP 404).`);
  if (status === 429) return new HubError('The model hub is asked too often. Try again in some minutes (HTTP 429).');
  return new HubError(`The model hub answers with HTTP ${status}. Try again later.`);
}

/** A request that is given up when nothing comes; `touch` says that something has. */
async function open(url: string, headers: Record<string, string>, signal: AbortSignal) {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(new BrokenOffError('The model hub sends nothing.')), STALL_MS);
  const both = AbortSignal.any([signal, stalled.signal]);
  const response = await fetch(url, { headers, signal: both }).catch((cause: unknown) => {
    clearTimeout(timer);
    if (signal.aborted) throw cause;
    throw new BrokenOffError('The model hub cannot be reached.', { cause });
  });
  return { response, touch: () => timer.refresh(), close: () => clearTimeout(timer) };
}

/** An answer as JSON; null when it is none. Throws `HubError` when the hub cannot be reached or refuses. */
async function readJson(url: string, what: string, signal: AbortSignal): Promise<unknown> {
  const { response, close } = await open(url, {}, signal).catch((error: unknown) => {
    throw error instanceof BrokenOffError
      ? new HubError(`${error.message} Check the connection, then try again.`)
      : error;
  });
  try {
    if (!response.ok) throw explain(response.status, what);
    return await response.json().catch(() => null);
  } finally {
    close();
  }
}

/** What a model is, by its configuration, which says more than the names of its files. Throws `HubError`. */
async function readKind(hub: string, id: string, signal: AbortSignal): Promise<ModelKind> {
  const url = `${hub}/${id}/resolve/main/config.json`;
  const config = configSchema.safeParse(await readJson(url, `config.json of "${id}"`, signal));
  const type = config.data?.model_type ?? 'unknown';
  const kind = getModelKind(type);
  if (!kind) throw new HubError(`The model "${id}" is of the kind "${type}", which cannot be used here.`);
  return kind;
}

/** What a model is for, and the files of it that are needed to use it. Throws `HubError`. */
export async function listHubFiles(
  hub: string,
  { id, precision, signal }: { id: string; precision: Precision; signal: AbortSignal },
): Promise<{ role: ModelKind['role']; files: HubFile[] }> {
  const address = `${hub}/api/models/${id}/tree/main?recursive=true`;
  const tree = treeSchema.safeParse(await readJson(address, `model "${id}"`, signal));
  if (!tree.success) throw new HubError(`The model hub does not list the files of "${id}" in a form that is known.`);
  const kind = await readKind(hub, id, signal);
  const weights = kind.parts.map((part) => toWeightsFile(part, precision));
  const files = tree.data.filter(
    (file) => file.type === 'file' && (SMALL_FILE.test(file.path) || weights.includes(file.path)),
  );
  const missing = [...kind.files, ...weights].find((name) => !files.some((file) => file.path === name));
  if (missing) throw new HubError(`The model hub has no ${missing} of "${id}", so it cannot be used here.`);
  if (files.reduce((sum, { size }) => sum + size, 0) > MAX_MODEL_BYTES)
    throw new HubError(`The model "${id}" is over 10 GiB, too large to be used here.`);
  return {
    role: kind.role,
    files: files.map((file) => ({
      path: file.path,
      size: file.size,
      sha256: file.lfs?.oid ?? null,
      gitSha1: file.lfs ? null : (file.oid ?? null),
    })),
  };
}

const getSize = (file: string) =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

async function isIntact(file: string, { size, sha256, gitSha1 }: HubFile): Promise<boolean> {
  if ((await getSize(file)) !== size) return false;
  const hash = createHash(sha256 === null ? 'sha1' : 'sha256');
  if (sha256 === null) hash.update(`blob ${size}\0`);
  await pipeline(createReadStream(file), hash);
  const expected = sha256 ?? gitSha1;
  return expected === null || hash.digest('hex') === expected;
}

/** Appends what is missing of a file. Throws `BrokenOffError` when the connection breaks off. */
async function fetchRest(url: string, part: string, file: HubFile, signal: AbortSignal): Promise<void> {
  const have = await getSize(part);
  if (have >= file.size && file.size > 0) return;
  const { response, touch, close } = await open(url, have > 0 ? { range: `bytes=${have}-` } : {}, signal);
  try {
    if (response.status >= 500) throw new BrokenOffError(`The model hub answers with HTTP ${response.status}.`);
    if (!response.ok) throw explain(response.status, `file "${file.path}"`);
    let left = file.size - (response.status === 206 ? have : 0);
    // A server that does not know ranges sends it all again.
    const target = await openFile(part, response.status === 206 ? 'a' : 'w');
    try {
      // One after the other, so that what has arrived is written when the connection breaks off after it.
      for await (const chunk of response.body ?? []) {
        touch();
        left -= chunk.length;
        if (left < 0) throw new HubError(`The model hub sends more of "${file.path}" than it has announced.`);
        await target.writeFile(chunk);
      }
    } finally {
      await target.close();
    }
    if (left > 0) throw new BrokenOffError('The model hub has ended the connection half-way.');
  } catch (error) {
    if (signal.aborted || error instanceof HubError || isDiskFull(error)) throw error;
    throw error instanceof BrokenOffError ? error : new BrokenOffError('The connection to the model hub broke off.');
  } finally {
    close();
  }
}

/**
 * Downloads one file of a model into a folder, going on with what an earlier download has left. It gets its name once size and
 * hash are those of the hub. Throws `HubError`.
 */
export async function downloadFile(
  hub: string,
  { id, file, folder, signal }: { id: string; file: HubFile; folder: string; signal: AbortSignal },
): Promise<void> {
  const place = path.join(folder, file.path);
  const part = `${place}.part`;
  if (await isIntact(place, file)) return;
  await mkdir(path.dirname(place), { recursive: true });
  const url = `${hub}/${id}/resolve/main/${file.path}`;
  let tries = 0;
  try {
    for (;;) {
      const before = await getSize(part);
      try {
        await fetchRest(url, part, file, signal);
        break;
      } catch (error) {
        if (!(error instanceof BrokenOffError)) throw error;
        tries = (await getSize(part)) > before ? 0 : tries + 1;
        if (tries >= MAX_TRIES) throw new HubError(`${error.message} Try again: what has arrived is kept.`);
      }
    }
  } catch (error) {
    throw isDiskFull(error) ? new HubError(DISK_FULL) : error;
  }
  if (!(await isIntact(part, file))) {
    await rm(part, { force: true });
    throw new HubError(`The file "${file.path}" arrived damaged: its hash is not the hub's. Try again.`);
  }
  await rename(part, place);
}
