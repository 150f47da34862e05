import { expect, test } from 'vitest';
import { linkTimes } from './link-times.ts';

test.each([
  ['At 0:12 it starts', 'At [0:12](#t=12) it starts'],
  ['1:02:03 in', '[1:02:03](#t=3723) in'],
  ['from 0:15–0:18', 'from [0:15–0:18](#t=15)'],
  ['after 12s', 'after [12s](#t=12)'],
  ['two cars, 16:9', 'two cars, 16:9'],
  ['no times here', 'no times here'],
])('%s', (text, linked) => expect(linkTimes(text)).toBe(linked));
