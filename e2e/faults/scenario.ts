import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Client, createClient } from '../../src/api/client.ts';
import type { UploadedPart } from '../../src/api/contracts/uploads.ts';
import { derivedStatus } from '../../src/api/status.ts';
import type { PlatformProcess } from './platform-process.ts';

const PARTS = 3;
const POLL_MS = 100;
const FINISH_LIMIT_MS = 120_000;

/** What the platform has acknowledged of one video's life. */
export interface Acknowledged {
  readonly key: string;
  ref: { s3ObjectName: string; uploadId: string } | null;
  videoId: string | null;
  readonly parts: UploadedPart[];
  etag: string | null;
  isPreprocessed: boolean;
  isInitiated: boolean;
  isProcessed: boolean;
  /** Asked for, whether or not it was acknowledged. */
  isDeleting: boolean;
  isDeleted: boolean;
  isRestoring: boolean;
  isRestored: boolean;
}

export const createAcknowledged = (): Acknowledged => ({
  key: randomUUID(),
  ref: null,
  videoId: null,
  parts: [],
  etag: null,
  isPreprocessed: false,
  isInitiated: false,
  isProcessed: false,
  isDeleting: false,
  isDeleted: false,
  isRestoring: false,
  isRestored: false,
});

export interface Options {
  readonly clip: Buffer;
  /** Sends every request that changes something twice at once. */
  readonly isDoubled: boolean;
  /** Ends after the upload, without the two pipelines. */
  readonly isShort: boolean;
}

const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex');

function getPart(clip: Buffer, number: number): Buffer {
  const size = Math.ceil(clip.length / PARTS);
  return clip.subarray((number - 1) * size, number * size);
}

async function restore(platform: PlatformProcess, videoId: string): Promise<void> {
  const response = await fetch(`${platform.url}/local/videos/${videoId}/restore`, {
    method: 'POST',
    headers: { 'x-api-key': platform.apiKey },
  });
  if (!response.ok) throw new Error(`restore: ${response.status}`);
}

/**
 * Takes a video through its life from wherever it is: upload, processing, search, delete, restore. Each answer is noted
 * as acknowledged at once. Rejects when the platform dies.
 */
export async function live(platform: PlatformProcess, known: Acknowledged, options: Options): Promise<void> {
  const client = createClient({ baseUrl: platform.url, apiKey: platform.apiKey, retries: 0, timeoutMs: 20_000 });
  const { uploads, videos } = client;
  const change = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    if (!options.isDoubled) return call();
    const [first, second] = await Promise.all([call(), call()]);
    if (JSON.stringify(first) !== JSON.stringify(second)) throw new Error('Two answers to one request differ.');
    return first;
  };

  if (known.ref === null || known.videoId === null) {
    const idempotencyKey = known.key;
    const started = await change(() => uploads.initiateMultipart('clip.mp4', 'video/mp4', { idempotencyKey }));
    known.ref = { s3ObjectName: started.s3_object_name, uploadId: started.upload_id };
    known.videoId = started.video_id;
  }
  const { ref, videoId } = known;
  while (known.parts.length < PARTS && known.etag === null) {
    const number = known.parts.length + 1;
    const { url } = await uploads.getPartUrl(ref, number);
    const body = new Uint8Array(getPart(options.clip, number));
    const etag = await change(async () => {
      const response = await fetch(url, { method: 'PUT', body });
      if (!response.ok) throw new Error(`part: ${response.status}`);
      return response.headers.get('etag');
    });
    known.parts.push({ part_number: number, etag: etag ?? '' });
  }
  if (known.etag === null) known.etag = (await change(() => uploads.completeMultipart(ref, known.parts))).etag;
  if (!known.isPreprocessed) {
    await change(() => uploads.preprocess({ s3ObjectName: ref.s3ObjectName, videoId, name: known.key }));
    known.isPreprocessed = true;
  }
  if (!known.isDeleting) await process(client, videoId, known, options, change);
  if (!known.isDeleted) {
    known.isDeleting = true;
    await change(() => videos.delete(videoId));
    known.isDeleted = true;
  }
  known.isRestoring = true;
  await change(() => restore(platform, videoId));
  known.isRestored = true;
}

async function process(
  { uploads, videos }: Client,
  videoId: string,
  known: Acknowledged,
  { isShort }: Options,
  change: <Answer>(call: () => Promise<Answer>) => Promise<Answer>,
): Promise<void> {
  await waitFor(async () => derivedStatus(await uploads.getStatus(videoId)));
  if (isShort) return;
  if (!known.isInitiated) {
    await change(() => videos.initiateAnalyse(videoId));
    await change(() => videos.initiateSearchProcess(videoId));
    known.isInitiated = true;
  }
  await waitFor(async () => {
    const { status, analyse_status, search_process_status } = await videos.get(videoId);
    if (status === 'processed') return 'completed';
    return [analyse_status, search_process_status].includes('failed') ? 'failed' : 'in_progress';
  });
  known.isProcessed = true;
}

async function waitFor(getStatus: () => Promise<string>): Promise<void> {
  const deadline = Date.now() + FINISH_LIMIT_MS;
  for (;;) {
    const status = await getStatus();
    if (status === 'completed') return;
    if (status === 'failed') throw new Error('A stage failed.');
    if (Date.now() > deadline) throw new Error('A stage is stuck.');
    await pause(POLL_MS);
  }
}

/** Says what of the acknowledged is not there after a restart; an empty list when nothing is lost. */
export async function findLosses(
  client: Client,
  dataDir: string,
  known: Acknowledged,
  clip: Buffer,
): Promise<string[]> {
  const losses: string[] = [];
  const { ref, videoId } = known;
  if (ref === null || videoId === null) return losses;
  if (known.etag === null && known.parts.length > 0) {
    const listed = await client.uploads.listParts(ref).catch(() => null);
    // Null: a request that was not answered has completed the upload.
    const missing = listed && known.parts.filter((part) => !listed.some(({ etag }) => etag === part.etag));
    if (missing && missing.length > 0) losses.push(`${missing.length} part(s)`);
    if (!listed && known.parts.length < PARTS) losses.push('an upload');
  }
  if (known.etag !== null) {
    const again = await client.uploads.completeMultipart(ref, known.parts).catch(() => null);
    if (again?.etag !== known.etag) losses.push('an object’s ETag');
    const folder = path.join(dataDir, 'objects', videoId);
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith('source'));
    const hashes = await Promise.all(names.map(async (name) => md5(await readFile(path.join(folder, name)))));
    if (!hashes.includes(md5(clip))) losses.push('an object’s bytes');
  }
  const details = await client.videos.get(videoId).catch(() => null);
  if (known.isPreprocessed && !known.isDeleting && !details) losses.push('a video');
  if (known.isDeleted && !known.isRestoring && details) losses.push('a deletion');
  if (known.isRestored && !details) losses.push('a restored video');
  if (known.isProcessed && details && details.status !== 'processed') losses.push('a result');
  return losses;
}
