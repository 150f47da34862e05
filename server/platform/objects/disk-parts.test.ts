import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { DiskParts } from './disk-parts.ts';
import type { StoredPart } from './object-store.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const UPLOAD = { uploadId: 'upload', videoId: 'video', begun: null };

/** Parts in a new folder, which are joined to `object` in it. */
async function createParts() {
  const root = await mkdtemp(path.join(tmpdir(), 'parts-'));
  onTestFinished(() => rm(root, { recursive: true }));
  const object = path.join(root, 'object');
  const { signal } = new AbortController();
  const parts = new DiskParts(root, () => object);
  return {
    folder: path.join(root, UPLOAD.uploadId),
    object,
    write: (partNumber: number, body: Readable) => parts.put(UPLOAD, partNumber, body),
    join: (stored: readonly StoredPart[]) => parts.join(UPLOAD, stored, 'object', signal),
  };
}

test('joins parts in order, with the ETag that S3 would give', async () => {
  const { write, join, object } = await createParts();
  const second = await write(2, Readable.from(['world']));
  const first = await write(1, Readable.from(['hello ']));
  expect(first).toMatchObject({ etag: `"${md5('hello ')}"`, bytes: 6 });
  const digests = Buffer.from(md5('hello ') + md5('world'), 'hex');
  expect(await join([first, second])).toEqual({
    etag: `"${createHash('md5').update(digests).digest('hex')}-2"`,
    bytes: 11,
  });
  expect(await readFile(object, 'utf8')).toBe('hello world');
});

test('joining again replaces what an attempt that broke off has written', async () => {
  const { write, join, object } = await createParts();
  const part = await write(1, Readable.from(['whole']));
  await writeFile(object, 'half of an earlier att');
  await join([part]);
  expect(await readFile(object, 'utf8')).toBe('whole');
});

test.each([
  ['other bytes', 'wrong'],
  ['fewer bytes', 'righ'],
])('refuses a part that holds %s than were acknowledged', async (_title, content) => {
  const { folder, write, join } = await createParts();
  const part = await write(3, Readable.from(['right']));
  await writeFile(path.join(folder, part.file), content);
  await expect(join([part])).rejects.toMatchObject({ name: 'DamagedPartError', partNumber: 3 });
});

test('a part that breaks off leaves nothing', async () => {
  const { folder, write } = await createParts();
  const broken = Readable.from(
    (async function* () {
      yield 'some bytes';
      throw new Error('connection lost');
    })(),
  );
  await expect(write(1, broken)).rejects.toThrow('connection lost');
  expect(await readdir(folder)).toEqual([]);
});
