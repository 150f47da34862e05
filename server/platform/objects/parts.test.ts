import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { joinParts, storedParts, storePart } from './parts.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const folderOf = () => mkdtemp(path.join(tmpdir(), 'parts-'));

test('parts are joined in order, and the ETag is what S3 would say', async () => {
  const folder = await folderOf();
  const second = await storePart(folder, 2, Readable.from(['world']));
  await storePart(folder, 1, Readable.from(['an older part']));
  const first = await storePart(folder, 1, Readable.from(['hello ']));
  expect(first).toBe(`"${md5('hello ')}"`);
  expect((await storedParts(folder)).map(({ part_number, bytes }) => [part_number, bytes])).toEqual([
    [1, 6],
    [2, 5],
  ]);

  const target = path.join(folder, 'object');
  const parts = [
    { part_number: 1, etag: first },
    { part_number: 2, etag: second.replaceAll('"', '') },
  ];
  const digests = Buffer.from(md5('hello ') + md5('world'), 'hex');
  expect(await joinParts(folder, parts, target)).toBe(`"${createHash('md5').update(digests).digest('hex')}-2"`);
  expect(await readFile(target, 'utf8')).toBe('hello world');
});

test('a part that breaks off leaves nothing', async () => {
  const folder = await folderOf();
  const broken = Readable.from(
    (async function* () {
      yield 'some bytes';
      throw new Error('connection lost');
    })(),
  );
  await expect(storePart(folder, 1, broken)).rejects.toThrow('connection lost');
  expect(await readdir(folder)).toEqual([]);
});

test('what does not fit together is refused', async () => {
  const folder = await folderOf();
  const etag = await storePart(folder, 1, Readable.from(['a']));
  const join = (parts: { part_number: number; etag: string }[]) =>
    joinParts(folder, parts, path.join(folder, 'object'));
  await expect(join([{ part_number: 2, etag }])).rejects.toMatchObject({
    status: 400,
    message: 'Part 2 has not been uploaded.',
  });
  await expect(join([{ part_number: 1, etag: '"0"' }])).rejects.toMatchObject({ status: 400 });
  await expect(
    join([
      { part_number: 1, etag },
      { part_number: 1, etag },
    ]),
  ).rejects.toMatchObject({ status: 400 });
});
