import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { ObjectStore, StoreUpload } from '../server/platform/objects/object-store.ts';

const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest();
/** The smallest part that S3 takes, except the last one of an upload. */
const PART_BYTES = 5 * 1024 ** 2;

/** What every object store does, whatever it stands on. */
export function describeObjectStore(title: string, open: () => Promise<ObjectStore>): void {
  describe(title, () => {
    let store: ObjectStore;
    let folder: string;
    /** A new first part of a key for each test, as a video has it. */
    let root: string;

    beforeAll(async () => {
      store = await open();
    });

    const prepare = async () => {
      const made = await mkdtemp(path.join(tmpdir(), 'object-store-'));
      onTestFinished(() => rm(made, { recursive: true }));
      folder = made;
      root = randomUUID();
    };
    const write = async (name: string, content: string | Buffer) => {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
      return file;
    };
    const list = async (prefix: string) => {
      const keys: string[] = [];
      for await (const { key } of store.list(prefix)) keys.push(key.slice(root.length + 1));
      return keys.sort();
    };

    test('gives back what was put, and ranges of it', async () => {
      await prepare();
      const key = `${root}/source-1`;
      expect(await store.put(key, await write('a', '0123456789'))).toBe(10);
      const whole = await store.get(key);
      expect(await text(whole.stream)).toBe('0123456789');
      expect(whole).toMatchObject({ start: 0, end: 9, totalBytes: 10 });
      const middle = await store.get(key, { start: 2, end: 4 });
      expect(await text(middle.stream)).toBe('234');
      expect(middle).toMatchObject({ start: 2, end: 4, totalBytes: 10, etag: whole.etag });
      expect(await text((await store.get(key, { start: 8 })).stream)).toBe('89');
      expect(await text((await store.get(key, { start: 8, end: 99 })).stream)).toBe('89');
      expect(await text((await store.get(key, { last: 3 })).stream)).toBe('789');
      await expect(store.get(key, { start: 10 })).rejects.toMatchObject({
        name: 'RangeNotSatisfiableError',
        totalBytes: 10,
      });
      expect(await readFile(await store.fetch(key, path.join(folder, 'fetched')), 'utf8')).toBe('0123456789');
    });

    test('says so when there is no such object', async () => {
      await prepare();
      await expect(store.get(`${root}/none`)).rejects.toMatchObject({ name: 'ObjectNotFoundError' });
      await store.delete(`${root}/none`);
    });

    test('stores an empty object', async () => {
      await prepare();
      await store.put(`${root}/empty`, await write('empty', ''));
      const { stream, totalBytes } = await store.get(`${root}/empty`);
      expect(await text(stream)).toBe('');
      expect(totalBytes).toBe(0);
    });

    test('stores folders, lists by prefix, and deletes an object with all below it', async () => {
      await prepare();
      await write('out/master.m3u8', '#EXTM3U');
      await write('out/720p/0.m4s', 'zero');
      expect(await store.putFolder(`${root}/hls-1`, path.join(folder, 'out'))).toBe(11);
      await store.put(`${root}/hls-10`, await write('b', 'other'));
      expect(await list(`${root}/`)).toEqual(['hls-1/720p/0.m4s', 'hls-1/master.m3u8', 'hls-10']);
      expect(await list(`${root}/hls-1/`)).toEqual(['hls-1/720p/0.m4s', 'hls-1/master.m3u8']);
      const folders: string[] = [];
      for await (const name of store.listFolders()) folders.push(name);
      expect(folders).toContain(root);
      await store.delete(`${root}/hls-1`);
      expect(await list(`${root}/`)).toEqual(['hls-10']);
      await store.delete(root);
      expect(await list(`${root}/`)).toEqual([]);
    });

    /** An upload that has begun, and how to send a part of it through the platform. */
    async function beginUpload() {
      await prepare();
      const upload: StoreUpload = {
        uploadId: randomUUID(),
        videoId: root,
        begun: await store.parts.begin(root, 'video/mp4'),
      };
      const put = (number: number, bytes: Buffer) =>
        store.parts.put(upload, number, Readable.from([bytes]), bytes.length);
      return { upload, name: upload.begun?.name ?? 'source-1', put };
    }
    const { signal } = new AbortController();

    test('joins parts, more than once with the same outcome', async () => {
      const { upload, name, put } = await beginUpload();
      const bodies = [randomBytes(PART_BYTES), randomBytes(1000)] as const;
      const second = await put(2, bodies[1]);
      await put(1, randomBytes(PART_BYTES));
      const first = await put(1, bodies[0]);
      expect(first).toMatchObject({ part_number: 1, etag: `"${md5(bodies[0]).toString('hex')}"`, bytes: PART_BYTES });
      const listed = await store.parts.list(upload);
      if (listed)
        expect(listed.map(({ part_number, etag }) => [part_number, etag])).toEqual([
          [1, first.etag],
          [2, second.etag],
        ]);
      const joined = await store.parts.join(upload, [first, second], name, signal);
      expect(joined.bytes).toBe(PART_BYTES + 1000);
      expect(joined.etag).toBe(`"${md5(Buffer.concat(bodies.map(md5))).toString('hex')}-2"`);
      expect(await store.parts.join(upload, [first, second], name, signal)).toEqual(joined);
      const { stream } = await store.get(`${root}/${name}`);
      expect(md5(await buffer(stream))).toEqual(md5(Buffer.concat(bodies)));
    });

    test('an aborted upload leaves nothing, and may be aborted again', async () => {
      const { upload, put } = await beginUpload();
      await put(1, randomBytes(10));
      await store.parts.abort(upload);
      await store.parts.abort(upload);
      expect((await store.parts.list(upload)) ?? []).toEqual([]);
      expect(await list(`${root}/`)).toEqual([]);
    });

    test('a sweep removes parts of uploads that are over, and leaves those of open ones', async () => {
      const [open, over] = [await beginUpload(), await beginUpload()];
      const part = await open.put(1, randomBytes(10));
      await over.put(1, randomBytes(10));
      const idOf = ({ upload }: typeof open) => upload.begun?.id ?? upload.uploadId;
      await store.parts.sweep({
        find: async () =>
          new Map([
            [idOf(open), { isOpen: true, files: new Set([part.file]) }],
            [idOf(over), { isOpen: false, files: new Set<string>() }],
          ]),
        unknownSince: new Date(0),
        brokenSince: new Date(),
      });
      expect((await store.parts.join(open.upload, [part], open.name, signal)).bytes).toBe(10);
      await expect(store.parts.join(over.upload, [part], over.name, signal)).rejects.toThrow();
    });
  });
}
