import { expect, test } from 'vitest';
import { isDiskFull } from './disk-full.ts';

test.each([
  Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }),
  Object.assign(new Error('quota'), { code: 'EDQUOT' }),
  Object.assign(new Error('could not extend file'), { code: '53100' }),
  new Error('Failed to write trailer: No space left on device'),
  new Error('Broken off.', { cause: new Error('ENOSPC') }),
])('%s means a full disk', (error) => {
  expect(isDiskFull(error)).toBe(true);
});

test.each([new Error('Connection reset'), 'ENOSPC', undefined])('%s does not', (error) => {
  expect(isDiskFull(error)).toBe(false);
});
