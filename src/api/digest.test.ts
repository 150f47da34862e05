import { createHash } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { digest } from './digest.ts';

afterEach(() => vi.unstubAllGlobals());

test.each([
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
] as const)('%s is computed where crypto.subtle does not exist', async (algorithm, nodeName) => {
  vi.stubGlobal('crypto', {});
  for (const length of [0, 1, 55, 56, 63, 64, 65, 1000, 131_079]) {
    const message = Uint8Array.from({ length }, (_, index) => (index * 31) % 256);
    const expected = createHash(nodeName).update(message).digest();
    expect(Buffer.from(await digest(algorithm, message)).toString('hex'), `${length} bytes`).toBe(
      expected.toString('hex'),
    );
  }
});
