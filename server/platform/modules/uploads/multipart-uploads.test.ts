import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { KyselyPlugin, RootOperationNode } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../db/database.ts';
import { LocalDiskStore } from '../../objects/local-disk-store.ts';
import { createVideo } from './create-video.ts';
import { MultipartUploads } from './multipart-uploads.ts';
import { StorageQuota } from './storage-quota.ts';

let folder: string;
let database: Database;
let store: LocalDiskStore;
let unlimited: StorageQuota;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'uploads-'));
  database = await openDatabase(folder, undefined);
  store = new LocalDiskStore(folder);
  await store.open();
  unlimited = new StorageQuota(database.db, { maxOpenUploads: 100, maxBytes: undefined });
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

/** The database over a connection that breaks once: before a statement runs, or after, when its outcome is not known. */
function withBrokenConnection(when: 'before' | 'after', isMeant: (node: RootOperationNode) => boolean) {
  let isBroken = false;
  const meant = new WeakSet<object>();
  const breakOnce = () => {
    if (isBroken) return;
    isBroken = true;
    throw new Error('Connection terminated unexpectedly');
  };
  const plugin: KyselyPlugin = {
    transformQuery: ({ node, queryId }) => {
      if (isMeant(node)) {
        if (when === 'before') breakOnce();
        meant.add(queryId);
      }
      return node;
    },
    transformResult: async ({ queryId, result }) => {
      if (meant.has(queryId)) breakOnce();
      return result;
    },
  };
  return database.db.withPlugin(plugin);
}

async function startUpload(uploads: MultipartUploads, text: string) {
  const uploadId = randomUUID();
  const videoId = randomUUID();
  const objectName = `videos/${videoId}/a.mp4`;
  const ref = { upload_id: uploadId, s3_object_name: objectName };
  await uploads.initiate({ uploadId, videoId, owner: 'anna', objectName, filename: 'a.mp4', contentType: 'video/mp4' });
  const put = (through: MultipartUploads) => through.putPart(uploadId, 1, Readable.from([text]), text.length);
  return { ref, videoId, put };
}

const readSource = (videoId: string) => readFile(store.getPath(`${videoId}/source-1`), 'utf8');

test.each([
  ['removing the parts', 'before', (node: RootOperationNode) => node.kind === 'DeleteQueryNode'],
  // The second update is the one that publishes: the first claims the upload.
  ['publishing the object', 'after', countingUpdates(2)],
] as const)('an object stays when the database connection breaks while %s', async (_title, when, isMeant) => {
  const uploads = new MultipartUploads(database.db, store, unlimited);
  const { ref, videoId, put } = await startUpload(uploads, 'all of it');
  const parts = [{ part_number: 1, etag: await put(uploads) }];
  const broken = new MultipartUploads(withBrokenConnection(when, isMeant), store, unlimited);
  const { signal } = new AbortController();
  await broken.complete('anna', ref, parts, signal).catch(() => undefined);
  expect(await uploads.complete('anna', ref, parts, signal)).toMatch(/-1"$/);
  expect(await readSource(videoId)).toBe('all of it');
});

function countingUpdates(wanted: number) {
  let updates = 0;
  return ({ kind }: RootOperationNode) => {
    if (kind === 'UpdateQueryNode') updates += 1;
    return kind === 'UpdateQueryNode' && updates === wanted;
  };
}

test('a part that the database may know keeps its file when the connection breaks', async () => {
  const uploads = new MultipartUploads(database.db, store, unlimited);
  const { ref, put } = await startUpload(uploads, 'part');
  const broken = new MultipartUploads(
    withBrokenConnection('after', ({ kind }) => kind === 'InsertQueryNode'),
    store,
    unlimited,
  );
  await expect(put(broken)).rejects.toThrow('Connection terminated');
  expect(await readdir(path.join(store.parts.root, ref.upload_id))).toHaveLength(1);
});

test('objects count against the quota before they have become videos, and once', async () => {
  const quota = new StorageQuota(database.db, { maxOpenUploads: 100, maxBytes: 100 });
  const uploads = new MultipartUploads(database.db, store, quota);
  const owner = 'anna';
  await database.db.deleteFrom('uploads').execute();
  const { ref, videoId, put } = await startUpload(uploads, 'x'.repeat(60));
  const parts = [{ part_number: 1, etag: await put(uploads) }];
  await uploads.complete(owner, ref, parts, new AbortController().signal);
  await expect(quota.check(owner, 50)).rejects.toMatchObject({ status: 507 });
  const video = { videoId, owner, objectName: ref.s3_object_name, name: 'A video', useDynamicHls: false };
  await createVideo(database.db, video, { key: 'source-1', bytes: 60 });
  await expect(quota.check(owner, 50)).rejects.toMatchObject({ status: 507 });
  await quota.check(owner, 40);
});
