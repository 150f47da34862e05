import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { describeObjectStore } from '../../../e2e/object-store-contract.ts';
import { LocalDiskStore } from './local-disk-store.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'disk-store-'));
afterAll(() => rm(folder, { recursive: true }));

async function open(): Promise<LocalDiskStore> {
  const store = new LocalDiskStore(path.join(folder, randomUUID()));
  await store.open();
  return store;
}

describeObjectStore('objects on the local disk', open);

test.each(['../api-key', 'a/../../api-key', ''])('the key "%s" leads nowhere', async (key) => {
  await expect((await open()).get(key)).rejects.toMatchObject({ name: 'ObjectNotFoundError' });
});
