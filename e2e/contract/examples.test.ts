import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ChromaClient } from 'chromadb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { getFingerprint, type UploadSession } from '../../src/api/upload/upload-session.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processedClip } from '../clips/processed-clip.ts';
import { chromaRuns, startChroma } from '../databases/chroma-server/start.ts';
import { startPinecone } from '../databases/pinecone-server.ts';
import { startPostgres } from '../databases/postgres.ts';
import { startQdrant } from '../databases/qdrant-server.ts';
import { startWeaviate } from '../databases/weaviate-server.ts';
import { type Studio, startStudio } from '../studio.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

let studio: Studio;
let clip: string;
let videoId: string;

beforeAll(async () => {
  studio = await startStudio();
  clip = await timecodeClip(8);
  const video = await processedClip(createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey }));
  videoId = video.video_id;
});

afterAll(() => studio.stop());

/** Runs an example as its reader would, and answers what it printed. */
async function example(name: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/example.js', name, ...args], {
    cwd: ROOT,
    env: { ...process.env, MIKSHI_BASE_URL: studio.platformUrl, MIKSHI_API_KEY: studio.apiKey, ...env },
  });
  return stdout;
}

const UUID = '[0-9a-f-]{36}';
/** `CLIP` and `VIDEO` stand for the file and the id. */
const cases: [name: string, args: string[], printed: RegExp][] = [
  ['uploads/upload-file', ['CLIP'], new RegExp(`bytes \\(100 %\\)\\nvideo ${UUID}`)],
  ['uploads/upload-direct', ['CLIP'], new RegExp(`^video ${UUID}`)],
  ['uploads/upload-youtube', ['https://youtu.be/dQw4w9WgXcQ'], /\[YOUTUBE_IMPORT_UNAVAILABLE\] Skipped\./],
  ['uploads/upload-multipart-manual', ['CLIP'], new RegExp(`part 1: "[0-9a-f]{32}"\\nvideo ${UUID}`)],
  ['uploads/upload-resume', ['CLIP'], new RegExp(`video ${UUID}`)],
  ['uploads/estimate-credits', ['CLIP'], /bytes cost 1 credit/],
  ['videos/list-videos', [], /processed A clip for tests/],
  ['videos/get-video', ['VIDEO'], /A clip for tests processed\nmetadata: .*"codec":"h264"/],
  ['videos/run-pipeline', ['VIDEO'], /ready/],
  ['collections/collections-crud', ['VIDEO'], /the video stays: A clip for tests/],
  ['collections/list-collections', [], /^$/],
  ['chat/ask', ['VIDEO', 'Summarize the video'], /What happens, in order:/],
  ['chat/ask', ['VIDEO', 'Summarize the video', '--stream'], /What happens, in order:/],
  ['search/search', ['VIDEO', 'something red'], /^#1 \[00:00:\d\d - .*master\.m3u8#t=/],
  ['search/visualize', ['VIDEO'], /color=hsl\(\d+, 70%, 55%\) segments=3\n {2}\(\d\.\d{4}, \d\.\d{4}\)/],
  ['embeddings/video-embeddings', ['VIDEO'], /3 segments\n {2}\[.*visual clip dims=1024/],
  ['embeddings/text-embedding', ['a red box'], /dims=1024 status=ready/],
];

test.each(cases)('%s %j', async (name, args, printed) => {
  const given = args.map((arg) => (arg === 'CLIP' ? clip : arg === 'VIDEO' ? videoId : arg));
  expect(await example(name, given)).toMatch(printed);
});

test('uploads/upload-resume starts anew when the saved upload has expired', async () => {
  const file = await openAsBlob(clip);
  const state: UploadSession = {
    videoId: randomUUID(),
    s3ObjectName: 'videos/expired/source',
    uploadId: randomUUID(),
    partSize: 10 * 1024 * 1024,
    size: file.size,
    fingerprint: await getFingerprint(file),
  };
  await writeFile(path.join(ROOT, '.upload-state.json'), JSON.stringify(state));
  expect(await example('uploads/upload-resume', [clip])).toMatch(
    new RegExp(`^resuming upload ${state.uploadId}\\nit has expired: starting anew\\nvideo ${UUID}`),
  );
});

/** Each twice: the second time changes nothing. */
async function ingestsAndFinds(
  name: string,
  env: NodeJS.ProcessEnv,
  count: () => Promise<number | undefined> | number,
) {
  const first = await example(name, [videoId, 'something red'], env);
  expect(first).toMatch(new RegExp(`ingested 3 segments\\n-?\\d\\.\\d{4} ${videoId} 00:00:`));
  expect(await example(name, [videoId, 'something red'], env)).toBe(first);
  expect(await count()).toBe(3);
}

test('integrations/pgvector, against a Postgres over the wire', async () => {
  const postgres = await startPostgres();
  try {
    await ingestsAndFinds('integrations/pgvector', { DATABASE_URL: postgres.url }, () =>
      postgres.count('video_segments'),
    );
  } finally {
    await postgres.stop();
  }
});

test.runIf(chromaRuns)('integrations/chroma, against its real server', async () => {
  const chroma = await startChroma();
  const { hostname, port } = new URL(chroma.url);
  try {
    await ingestsAndFinds('integrations/chroma', { CHROMA_HOST: hostname, CHROMA_PORT: port }, async () => {
      const collection = await new ChromaClient({ host: hostname, port: Number(port) }).getCollection({
        name: 'video-segments',
      });
      return collection.count();
    });
  } finally {
    await chroma.stop();
  }
});

test('integrations/qdrant, against its published API', async () => {
  const qdrant = await startQdrant();
  try {
    await ingestsAndFinds(
      'integrations/qdrant',
      { QDRANT_URL: qdrant.url },
      () => qdrant.rows('video-segments').length,
    );
  } finally {
    await qdrant.stop();
  }
});

test('integrations/pinecone, against its published API', async () => {
  const pinecone = await startPinecone('a-key');
  try {
    const env = { PINECONE_CONTROLLER_HOST: pinecone.url, PINECONE_API_KEY: 'a-key' };
    await ingestsAndFinds('integrations/pinecone', env, () => pinecone.rows('video-segments').length);
  } finally {
    await pinecone.stop();
  }
});

test('integrations/weaviate, against its published API', async () => {
  const weaviate = await startWeaviate();
  const { hostname, port } = new URL(weaviate.url);
  const env = { WEAVIATE_HOST: hostname, WEAVIATE_PORT: port, WEAVIATE_GRPC_PORT: weaviate.grpc.split(':')[1] };
  try {
    await ingestsAndFinds('integrations/weaviate', env, () => weaviate.rows('VideoSegment').length);
  } finally {
    await weaviate.stop();
  }
});

test('videos/delete-video, last', async () => {
  expect(await example('videos/delete-video', [videoId])).toBe(`deleted ${videoId}\n`);
});
