import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getSourceDigest } from './source-digest.ts';

const MIB = 1024 * 1024;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mikshi-digest-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function digestOf(bytes: Buffer): Promise<string> {
  const file = path.join(folder, 'file');
  await writeFile(file, bytes);
  return getSourceDigest(file);
}

test('the same bytes have the same digest, and others have another', async () => {
  const bytes = Buffer.alloc(3 * MIB, 7);
  const digest = await digestOf(bytes);
  expect(await digestOf(Buffer.from(bytes))).toBe(digest);
  for (const at of [0, MIB - 1, 2 * MIB, 3 * MIB - 1]) {
    const changed = Buffer.from(bytes);
    changed[at] = 8;
    expect(await digestOf(changed)).not.toBe(digest);
  }
  expect(await digestOf(bytes.subarray(1))).not.toBe(digest);
  expect(await digestOf(Buffer.alloc(0))).toMatch(/^[0-9a-f]{64}$/);
});
