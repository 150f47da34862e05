import type { Stream } from 'node-av';
import { expect, test } from 'vitest';
import { getTrackLabel } from './track-label.ts';

const label = (title: string) => getTrackLabel({ metadata: new Map([['title', title]]) } as unknown as Stream).title;

test('a long title ends with a whole character', () => {
  expect(label(`${'x'.repeat(79)}😀 and more`)).toBe(`${'x'.repeat(79)}😀`);
  expect(label('  a "quoted"\nline ')).toBe('a  quoted line');
});
