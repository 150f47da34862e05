import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Client, createClient } from '../client.ts';

/** One answer of the platform in its documented form. `required` are the fields that an answer cannot do without. */
interface Case {
  readonly call: (client: Client) => Promise<unknown>;
  readonly answer: unknown;
  readonly required: readonly string[];
}

const video = {
  video_id: 'v',
  name: 'Clip',
  status: 'processed',
  video_path: 'https://store/v.mp4',
  thumbnail_path: null,
  hls_playlist_path: '/hls/v.m3u8',
  transcoding_status: 'completed',
  hls_generation_status: 'completed',
  thumbnail_generation_status: 'completed',
  analyse_status: 'done',
  search_process_status: 'done',
  created_at: '2026-01-01T00:00:00Z',
  duration: 12.5,
  scrub_path: '/scrub.jpg',
  scrub_frames: 12,
  is_outdated: false,
  warnings: ['No sound.'],
};
const collection = {
  collection_id: 'c',
  name: 'Warehouse',
  description: null,
  parent_id: 'u',
  parent_type: 'user',
  created_at: '2026-01-01T00:00:00Z',
  video_count: 3,
  thumbnails: ['https://store/t.jpg'],
};
const page = { page: 1, page_size: 10, total: 1 };
const task = { status: 'completed', percentage: 100, error: null, started_at: '2026-01-01T00:00:00Z', ended_at: null };
const pipeline = { video_id: 'v', status: 'done', percentage: null, error: null, started_at: null, ended_at: null };
const citation = {
  segment_id: 's',
  start: '00:00:01',
  end: '00:00:02',
  start_ms: 1040,
  end_ms: 2080,
  score: 0.5,
  text: 'red',
  thumbnail_url: '/t',
};
const media = { thumbnail_url: '/t.jpg', hls_playlist_url: '/p.m3u8', video_url: '/v.mp4' };
const hit = { rank: 1, start: '00:00:01', end: '00:00:02', video_id: 'v', ...media, score: 0.5, close: true };
const point = {
  segment_id: 's',
  video_id: 'v',
  x: 0.1,
  y: 0.9,
  start: '00:00:01',
  end: '00:00:02',
  thumbnail_url: '/t',
};
const embedding = {
  embedding: [0.6, 0.8],
  embedding_option: 'visual',
  embedding_scope: 'clip',
  start: '00:00:00',
  end: '00:00:05',
};
const ref = { s3ObjectName: 'o', uploadId: 'u' };
const upload = { upload_id: 'u', s3_object_name: 'o' };
const job = { required: ['video_id'], answer: { video_id: 'v' } };
const enqueued = { required: ['video_id', 'status'], answer: { video_id: 'v', status: 'enqueued' } };
const VIDEO = ['video_id', 'name'];
const COLLECTION = ['collection_id', 'name', 'created_at'];
const PAGE = ['data', 'page', 'page_size', 'total'];

/** Every call that reads an answer, by its name. */
const CASES: Readonly<Record<string, Case>> = {
  'uploads.direct': { ...job, call: (client) => client.uploads.direct(new Blob(['x']), { name: 'Clip' }) },
  'uploads.importYoutube': { ...job, call: (client) => client.uploads.importYoutube('https://youtu.be/x') },
  'uploads.preprocess': {
    ...job,
    call: (client) => client.uploads.preprocess({ s3ObjectName: 'o', videoId: 'v', name: 'Clip' }),
  },
  'uploads.initiateMultipart': {
    call: (client) => client.uploads.initiateMultipart('clip.mp4', 'video/mp4'),
    answer: { ...upload, video_id: 'v' },
    required: ['upload_id', 's3_object_name', 'video_id'],
  },
  'uploads.getPartUrl': {
    call: (client) => client.uploads.getPartUrl(ref, 1),
    answer: { url: 'https://store/part', part_number: 1 },
    required: ['url', 'part_number'],
  },
  'uploads.listParts': {
    call: (client) => client.uploads.listParts(ref),
    answer: { parts: [{ part_number: 1, etag: 'e' }] },
    required: ['parts', 'part_number', 'etag'],
  },
  'uploads.completeMultipart': {
    call: (client) => client.uploads.completeMultipart(ref, [{ part_number: 1, etag: 'e' }]),
    answer: { ...upload, etag: 'e' },
    required: ['s3_object_name', 'upload_id', 'etag'],
  },
  'uploads.getStatus': {
    call: (client) => client.uploads.getStatus('v'),
    answer: {
      video_id: 'v',
      thumbnail_generation_status: task,
      transcoding_status: task,
      hls_generation_status: null,
      error_message: null,
    },
    // A stage without a word for its state is left out.
    required: ['video_id'],
  },
  'videos.list': { call: (client) => client.videos.list(), answer: [video], required: VIDEO },
  'videos.listPage': {
    call: (client) => client.videos.listPage(),
    answer: { data: [video] },
    required: [...VIDEO, 'data'],
  },
  'videos.get': {
    call: (client) => client.videos.get('v'),
    answer: { ...video, video_metadata: { codec: 'h264', duration: 12.5 } },
    required: VIDEO,
  },
  'videos.initiateAnalyse': { ...enqueued, call: (client) => client.videos.initiateAnalyse('v') },
  'videos.initiateSearchProcess': { ...enqueued, call: (client) => client.videos.initiateSearchProcess('v') },
  'videos.getAnalyseStatus': {
    call: (client) => client.videos.getAnalyseStatus('v'),
    answer: pipeline,
    required: ['video_id', 'status'],
  },
  'videos.getSearchProcessStatus': {
    call: (client) => client.videos.getSearchProcessStatus('v'),
    answer: pipeline,
    required: ['video_id', 'status'],
  },
  'collections.list': {
    call: (client) => client.collections.list(),
    answer: { data: [collection], ...page },
    required: [...COLLECTION, ...PAGE],
  },
  'collections.listVideos': {
    call: (client) => client.collections.listVideos('c'),
    answer: { data: [video], ...page },
    required: [...VIDEO, ...PAGE],
  },
  'collections.create': {
    call: (client) => client.collections.create('Warehouse'),
    answer: collection,
    required: COLLECTION,
  },
  'collections.update': { call: (client) => client.collections.update('c', {}), answer: collection, required: [] },
  'chat.ask': {
    call: (client) => client.chat.ask('Who?', { videoId: 'v' }),
    answer: { answer: 'Two people.', citations: [citation] },
    required: ['answer'],
  },
  'search.search': {
    call: (client) => client.search.search('red', { videoIds: ['v'] }),
    answer: { results: [hit] },
    required: ['results', 'rank', 'start', 'end', 'video_id'],
  },
  'search.visualize': {
    call: (client) => client.search.visualize({ videoIds: ['v'] }),
    answer: { videos: { v: { video_id: 'v', color: 'hsl(1, 70%, 55%)', ...media } }, points: [point] },
    // A video that cannot be read is left out.
    required: ['videos', 'points', 'segment_id', 'x', 'y', 'start', 'end', 'video_id'],
  },
  'embeddings.video': {
    call: (client) => client.embeddings.video('v'),
    answer: { id: 'v', status: 'ready', data: [embedding] },
    required: ['id', 'status', 'data', 'embedding'],
  },
  'embeddings.text': {
    call: (client) => client.embeddings.text('red'),
    answer: { status: 'ready', data: [{ embedding: [0.6, 0.8] }] },
    required: ['status', 'data', 'embedding'],
  },
};

/** Calls without an answer to read, or made of the others. */
const WITHOUT_ANSWER = new Set([
  'uploads.uploadFile',
  'uploads.hasOwnFetch',
  'uploads.abortMultipart',
  'videos.iterate',
  'videos.delete',
  'collections.iterate',
  'collections.iterateVideos',
  'collections.delete',
  'collections.addVideo',
  'collections.removeVideo',
  'chat.askStream',
]);

const answering = (body: unknown) =>
  createClient({ retries: 0, fetch: async () => new Response(typeof body === 'string' ? body : JSON.stringify(body)) });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** All objects in a value, outer ones first. */
function objectsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...(isRecord(value) ? [value] : []), ...Object.values(value).flatMap(objectsIn)];
}

/** A copy of `value` after `change` has been made to one of its objects: the `which`-th, or from the end below zero. */
function changeObject(value: unknown, which: number, change: (object: Record<string, unknown>) => void): unknown {
  const copy: unknown = structuredClone(value);
  const objects = objectsIn(copy);
  const object = objects.at(which % objects.length);
  if (object) change(object);
  return copy;
}

test('every call that reads an answer is covered', () => {
  const { uploads, videos, collections, chat, search, embeddings } = createClient();
  const names = Object.entries({ uploads, videos, collections, chat, search, embeddings }).flatMap(([group, calls]) =>
    Object.keys(calls).map((name) => `${group}.${name}`),
  );
  expect(names.filter((name) => !WITHOUT_ANSWER.has(name)).sort()).toEqual(Object.keys(CASES).sort());
});

test.each(Object.entries(CASES))(
  '%s answers whatever an optional field holds',
  async (_, { call, answer, required }) => {
    const pick = fc.nat();
    await fc.assert(
      fc.asyncProperty(pick, pick, fc.jsonValue(), async (whichObject, whichField, value) => {
        const changed = changeObject(answer, whichObject, (object) => {
          const optional = Object.keys(object).filter((key) => !required.includes(key));
          const key = optional[whichField % optional.length];
          if (key !== undefined) object[key] = value;
        });
        await expect(call(answering(changed))).resolves.toBeDefined();
      }),
      { numRuns: 60 },
    );
  },
);

test.each(Object.entries(CASES))('%s keeps fields that it does not know', async (_, { call, answer }) => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.string(), fc.jsonValue(), async (which, suffix, value) => {
      const changed = changeObject(answer, which, (object) => {
        object[`later_${suffix}`] = value;
      });
      await expect(call(answering(changed))).resolves.toBeDefined();
    }),
    { numRuns: 30 },
  );
  const changed = changeObject(answer, -1, (object) => {
    object.later = { kept: true };
  });
  expect(JSON.stringify(await call(answering(changed)))).toContain('"later":{"kept":true}');
});

test('reads required fields in another form where there is one way to', async () => {
  const hits = await answering([
    { ...hit, rank: '1', start: 61.5, end: '00:01:05', video_id: 7, score: '0.5' },
  ]).search.search('red', { videoIds: ['7'] });
  expect(hits).toMatchObject([{ rank: 1, start: '00:01:01.500', end: '00:01:05', video_id: '7', score: 0.5 }]);

  const status = await answering({
    video_id: 'v',
    transcoding_status: { ...task, started_at: 1_767_225_600 },
  }).uploads.getStatus('v');
  expect(status.transcoding_status?.started_at).toBe('2026-01-01T00:00:00.000Z');

  const { data } = await answering({ status: 'ready', data: [{ embedding: ['0.6', 0.8] }] }).embeddings.text('red');
  expect(data[0]?.embedding).toEqual([0.6, 0.8]);
});

test('takes null for an empty list, and leaves out entries that cannot be read', async () => {
  expect(await answering({ results: null }).search.search('red', { videoIds: ['v'] })).toEqual([]);
  expect(await answering({ videos: null, points: null }).search.visualize({ videoIds: ['v'] })).toMatchObject({
    videos: {},
    points: [],
  });
  const answer = { answer: 'Two.', citations: ['seg-1', citation] };
  expect((await answering(answer).chat.ask('Who?', { videoId: 'v' })).citations).toEqual([citation]);
  const page = await answering([video, { name: 'no id' }]).videos.listPage({ limit: 2 });
  expect(page).toEqual({ data: [video], isLast: false });
});

test('a status word in place of a stage still ends a wait', async () => {
  const status = await answering({ video_id: 'v', transcoding_status: 'failed' }).uploads.getStatus('v');
  expect(status.transcoding_status).toMatchObject({ status: 'failed', percentage: 0 });
});

test('refuses an answer that is something else', async () => {
  const bad = { name: 'ResponseFormatError' };
  await expect(answering({}).chat.ask('Who?', { videoId: 'v' })).rejects.toMatchObject(bad);
  await expect(answering(['hit']).search.search('red', { videoIds: ['v'] })).rejects.toMatchObject(bad);
  await expect(answering([{ ...hit, start: null }]).search.search('red', { videoIds: ['v'] })).rejects.toMatchObject(
    bad,
  );
  await expect(answering({ status: 'ready', data: [] }).embeddings.text('red')).rejects.toMatchObject(bad);
  await expect(
    answering({ status: 'ready', data: [{ embedding: [null] }] }).embeddings.text('red'),
  ).rejects.toMatchObject(bad);
});

test('an update answers null where the platform sends nothing, or a message', async () => {
  const update = (body: unknown) => answering(body).collections.update('c', { name: 'New' });
  expect([await update(''), await update({ message: 'Updated.' })]).toEqual([null, null]);
});
