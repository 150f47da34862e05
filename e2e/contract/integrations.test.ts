import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ChromaClient } from 'chromadb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import {
  type Connection,
  type DatabaseHit,
  indexStateSchema,
  type Push,
} from '../../src/api/contracts/integrations.ts';
import { segmentRowId } from '../../src/api/segment-id.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { chromaRuns, startChroma } from '../databases/chroma-server/start.ts';
import { startPinecone } from '../databases/pinecone-server.ts';
import { startPostgres } from '../databases/postgres.ts';
import { startQdrant } from '../databases/qdrant-server.ts';
import { cosine } from '../databases/rows.ts';
import { startWeaviate } from '../databases/weaviate-server.ts';
import { type Studio, startStudio } from '../studio.ts';
import { integrationsClient } from './integrations-client.ts';

const KEY = 'a-secret-key-of-the-database';
const TOP = 5;
let dataDir: string;
let studio: Studio;
let videoIds: string[] = [];
/** What each database must hold, by row id. */
let truth: Map<string, { video_id: string; start: string; end: string; vector: number[] }>;
let queryVector: number[] = [];

const { call, connect, ended, getPush } = integrationsClient(() => studio.url);

/** Pushes the videos and waits for the end, heard as it happens. */
async function push(connection: Connection, ids = videoIds): Promise<Push> {
  const { status, body } = await call<Push>(`/connections/${connection.id}/pushes`, 'POST', { video_ids: ids });
  expect(status, JSON.stringify(body)).toBe(201);
  return ended(body.id);
}

const ask = (connection: Connection, vector = queryVector, limit = TOP) =>
  call<{ hits: DatabaseHit[]; message?: string }>(`/connections/${connection.id}/query`, 'POST', { vector, limit });

/** The cosines of the segments that are nearest by exact comparison. */
const exactCosines = () =>
  [...truth.values()]
    .map(({ vector }) => cosine(vector, queryVector))
    .sort((a, b) => b - a)
    .slice(0, TOP);

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'mikshi-integrations-'));
  studio = await startStudio({ dataDir });
  const platform = createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });
  for (const [seconds, name] of [
    [16, 'First'],
    [12, 'Second'],
  ] as const) {
    const id = await uploadAndWait(platform, await timecodeClip(seconds), name);
    await processAndWait(platform, id);
    videoIds = [...videoIds, id];
  }
  const rows = await Promise.all(
    videoIds.map(async (id) => {
      const { data } = await platform.embeddings.video(id);
      return Promise.all(
        data.map(async ({ start, end, embedding }) => {
          const row = { video_id: id, start: start ?? '', end: end ?? '', vector: embedding };
          return [await segmentRowId(id, row.start, row.end), row] as const;
        }),
      );
    }),
  );
  truth = new Map(rows.flat());
  queryVector = (await platform.embeddings.text('a green picture')).data[0]?.embedding ?? [];
});

afterAll(async () => {
  await studio.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** What holds for each of the five: pushed once or twice the database holds the same, and answers what exact cosine does. */
async function provesItself(connection: Connection, getIds: () => Promise<string[]> | string[]) {
  expect(JSON.stringify(connection)).not.toContain(KEY);
  const before = await call(`/connections/${connection.id}/state`);
  expect(indexStateSchema.parse(before.body).exists).toBe(false);
  expect(await ask(connection)).toMatchObject({
    status: 404,
    body: { message: expect.stringContaining('push some first') },
  });

  for (const _ of ['once', 'twice']) {
    expect(await push(connection)).toMatchObject({ status: 'done', rows: truth.size, done_ids: videoIds, error: null });
    expect([...(await getIds())].sort()).toEqual([...truth.keys()].sort());
  }
  const { body } = await ask(connection);
  // Two segments can be equally near: what counts is that each has the cosine of its rank.
  const wanted = exactCosines();
  expect(body.hits).toHaveLength(wanted.length);
  for (const [at, { video_id, start, end, score }] of body.hits.entries()) {
    const own = truth.get(await segmentRowId(video_id, start, end));
    expect(own).toMatchObject({ video_id, start, end });
    expect(cosine(own?.vector ?? [], queryVector)).toBeCloseTo(wanted[at] ?? 0, 5);
    expect(score).toBeCloseTo(wanted[at] ?? 0, 4);
  }
  const state = indexStateSchema.parse((await call(`/connections/${connection.id}/state`)).body);
  expect(state).toEqual({ exists: true, dimension: queryVector.length, metric: 'cosine', rows: truth.size });
  expect((await ask(connection, [1, 2, 3])).body.message).toContain(
    `holds vectors with ${queryVector.length} dimensions; these have 3`,
  );
}

/** A connection that cannot be used says why before a credit is spent. */
async function refuses(connection: Connection, sentence: RegExp) {
  const spent = await credits();
  const ended = await push(connection);
  expect(ended).toMatchObject({ status: 'failed', rows: 0, error: expect.stringMatching(sentence) });
  expect(ended.error).not.toContain(KEY);
  return (await credits()) - spent;
}

const credits = async () => {
  const response = await fetch(`${studio.platformUrl}/local/credits`, { headers: { 'x-api-key': studio.apiKey } });
  const { used } = (await response.json()) as { used: number };
  return used;
};

describe('pgvector, a Postgres over the wire', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.stop());
  const place = (index: string) => ({ kind: 'pgvector', name: 'Postgres', url: postgres.url, index });

  test('holds what was pushed, and answers as exact cosine does', async () => {
    const connection = await connect(place('video_segments'));
    expect(connection.url).not.toContain(':postgres@');
    expect(connection.has_key).toBe(true);
    await provesItself(connection, () => postgres.ids('video_segments'));
  });

  test('a table of another kind is named for what it is', async () => {
    await postgres.run('create table short_vectors (segment_id uuid primary key, embedding vector(3))');
    await postgres.run('create table other_things (id integer)');
    await refuses(await connect(place('short_vectors')), /holds vectors with 3 dimensions; these have 1024/);
    expect(await refuses(await connect(place('other_things')), /no column named “embedding”/)).toBe(0);
  });
});

test('pgvector: a Postgres without the extension says so', async () => {
  const postgres = await startPostgres({ withVector: false });
  try {
    await refuses(
      await connect({ kind: 'pgvector', name: 'Bare', url: postgres.url, index: 'video_segments' }),
      /has no pgvector/,
    );
  } finally {
    await postgres.stop();
  }
});

describe.runIf(chromaRuns)('Chroma, its real server', () => {
  let chroma: Awaited<ReturnType<typeof startChroma>>;
  beforeAll(async () => {
    chroma = await startChroma();
  }, 300_000);
  afterAll(() => chroma?.stop());
  const client = () => new ChromaClient({ host: '127.0.0.1', port: Number(new URL(chroma.url).port) });

  test('holds what was pushed, and answers as exact cosine does', async () => {
    await provesItself(
      await connect({ kind: 'chroma', name: 'Chroma', url: chroma.url, index: 'video-segments' }),
      async () => (await (await client().getCollection({ name: 'video-segments' })).get()).ids,
    );
  });

  test('a collection of another metric or dimension is named for what it is', async () => {
    await client().createCollection({
      name: 'by-l2',
      configuration: { hnsw: { space: 'l2' } },
      embeddingFunction: null,
    });
    const short = await client().createCollection({
      name: 'short',
      configuration: { hnsw: { space: 'cosine' } },
      embeddingFunction: null,
    });
    await short.add({ ids: ['one'], embeddings: [[1, 2, 3]], metadatas: [{ video_id: 'x' }] });
    const place = { kind: 'chroma', name: 'Chroma', url: chroma.url };
    expect(await refuses(await connect({ ...place, index: 'by-l2' }), /compares by “l2”/)).toBe(0);
    await refuses(await connect({ ...place, index: 'short' }), /holds vectors with 3 dimensions; these have 1024/);
  });
});

describe('Qdrant, a server of its published API', () => {
  let qdrant: Awaited<ReturnType<typeof startQdrant>>;
  beforeAll(async () => {
    qdrant = await startQdrant(KEY);
  });
  afterAll(() => qdrant.stop());
  const place = (index: string) => ({ kind: 'qdrant', name: 'Qdrant', url: qdrant.url, index, key: KEY });

  test('holds what was pushed, and answers as exact cosine does', async () => {
    await provesItself(await connect(place('video-segments')), () => qdrant.rows('video-segments').map(({ id }) => id));
  });

  test('another metric, another dimension and a wrong key are named', async () => {
    qdrant.make('by-distance', 1024, 'Euclid');
    qdrant.make('short', 3, 'Cosine');
    expect(await refuses(await connect(place('by-distance')), /compares by “euclid”/)).toBe(0);
    await refuses(await connect(place('short')), /holds vectors with 3 dimensions; these have 1024/);
    const wrong = await connect({ ...place('video-segments'), key: 'wrong' });
    expect(await refuses(wrong, /does not let the studio in: the key is wrong or missing/)).toBe(0);
  });
});

describe('Pinecone, a server of its published API', () => {
  let pinecone: Awaited<ReturnType<typeof startPinecone>>;
  beforeAll(async () => {
    pinecone = await startPinecone(KEY);
  });
  afterAll(() => pinecone.stop());
  const place = (index: string) => ({ kind: 'pinecone', name: 'Pinecone', url: pinecone.url, index, key: KEY });

  test('holds what was pushed, and answers as exact cosine does', async () => {
    await provesItself(await connect(place('video-segments')), () =>
      pinecone.rows('video-segments').map(({ id }) => id),
    );
  });

  test('another metric, another dimension and a wrong key are named', async () => {
    pinecone.make('by-distance', 1024, 'euclidean');
    pinecone.make('short', 3, 'cosine');
    expect(await refuses(await connect(place('by-distance')), /compares by “euclidean”/)).toBe(0);
    await refuses(await connect(place('short')), /holds vectors with 3 dimensions; these have 1024/);
    const wrong = await connect({ ...place('video-segments'), key: 'wrong' });
    expect(await refuses(wrong, /does not let the studio in: the key is wrong or missing/)).toBe(0);
  });
});

describe('Weaviate, a server of its published API', () => {
  let server: Awaited<ReturnType<typeof startWeaviate>>;
  beforeAll(async () => {
    server = await startWeaviate(KEY);
  });
  afterAll(() => server.stop());
  const place = (index: string) => ({
    kind: 'weaviate',
    name: 'Weaviate',
    url: server.url,
    grpc: server.grpc,
    index,
    key: KEY,
  });

  test('holds what was pushed, and answers as exact cosine does', async () => {
    await provesItself(await connect(place('VideoSegment')), () => server.rows('VideoSegment').map(({ id }) => id));
  });

  test('another metric, another dimension and a wrong key are named', async () => {
    server.make('ByDistance', 1024, 'l2-squared');
    server.make('Short', 3, 'cosine');
    expect(await refuses(await connect(place('ByDistance')), /compares by “l2-squared”/)).toBe(0);
    await refuses(await connect(place('Short')), /holds vectors with 3 dimensions; these have 1024/);
    const wrong = await connect({ ...place('VideoSegment'), key: 'wrong' });
    expect(await refuses(wrong, /does not let the studio in: the key is wrong or missing/)).toBe(0);
  });
});

describe('pushes', () => {
  let qdrant: Awaited<ReturnType<typeof startQdrant>>;
  beforeAll(async () => {
    qdrant = await startQdrant();
  });
  afterAll(() => qdrant.stop());
  const place = (index: string) => ({ kind: 'qdrant', name: 'Qdrant', url: qdrant.url, index });

  test('a push that is cut off by kill -9 goes on at the next start, and is complete', async () => {
    const connection = await connect(place('killed'));
    const release = qdrant.holdWrites(1);
    const { body } = await call<Push>(`/connections/${connection.id}/pushes`, 'POST', { video_ids: videoIds });
    await expect.poll(() => qdrant.held()).toBe(1);
    expect(qdrant.rows('killed').length).toBeLessThan(truth.size);
    await studio.kill();
    release();
    studio = await startStudio({ dataDir });
    expect(await ended(body.id)).toMatchObject({ status: 'done', done_ids: videoIds });
    expect(
      qdrant
        .rows('killed')
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...truth.keys()].sort());
    expect(await push(connection)).toMatchObject({ status: 'done' });
    expect(qdrant.rows('killed')).toHaveLength(truth.size);
  });

  test('a push is cancelled, and resumed where it was', async () => {
    const connection = await connect(place('cancelled'));
    const release = qdrant.holdWrites(0);
    const { body } = await call<Push>(`/connections/${connection.id}/pushes`, 'POST', { video_ids: videoIds });
    await expect.poll(() => qdrant.held()).toBe(1);
    const second = await call<{ message: string }>(`/connections/${connection.id}/pushes`, 'POST', {
      video_ids: videoIds,
    });
    expect(second).toMatchObject({ status: 409, body: { message: expect.stringContaining('already') } });
    expect((await call(`/pushes/${body.id}/cancel`, 'POST')).status).toBe(204);
    release();
    const cancelled = await ended(body.id);
    expect(cancelled).toMatchObject({ status: 'cancelled', done_ids: videoIds.slice(0, 1) });
    expect((await call(`/pushes/${body.id}/resume`, 'POST')).status).toBe(204);
    expect(await ended(body.id)).toMatchObject({ status: 'done', done_ids: videoIds, rows: truth.size });
    expect(qdrant.rows('cancelled')).toHaveLength(truth.size);
  });

  test('a database that falters is tried again; one that is gone is named, and nothing that was pushed is lost', async () => {
    const connection = await connect(place('faltering'));
    qdrant.failWrites(2);
    expect(await push(connection)).toMatchObject({ status: 'done', rows: truth.size });
    const nobody = await connect({ ...place('x'), url: 'http://127.0.0.1:9' });
    expect(await refuses(nobody, /Qdrant at http:\/\/127\.0\.0\.1:9 cannot be reached/)).toBe(0);
    expect((await ask(nobody)).status).toBe(502);
    expect(await getPush((await push(connection, videoIds.slice(0, 1))).id)).toMatchObject({ status: 'done' });
  });
});
