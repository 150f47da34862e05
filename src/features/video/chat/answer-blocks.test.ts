import { expect, test } from 'vitest';
import { answerBlocks } from './answer-blocks.ts';

test.each([
  ['one', ['one']],
  ['one\ntwo\n\nthree\n', ['one\ntwo', 'three']],
  ['```\na\n\nb\n```\n\nafter', ['```\na\n\nb\n```', 'after']],
  ['```\nstill\n\nopen', ['```\nstill\n\nopen']],
  ['- a\n\n  more of a\n\n- b', ['- a\n\n  more of a', '- b']],
  ['', []],
])('%j', (markdown, blocks) => expect(answerBlocks(markdown)).toEqual(blocks));

test('blocks that are whole stay the same while the text grows', () => {
  const text = 'First paragraph.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nLast one at 0:12.';
  const whole = answerBlocks(text);
  for (let length = 0; length <= text.length; length += 1) {
    const blocks = answerBlocks(text.slice(0, length));
    expect(blocks.slice(0, -1)).toEqual(whole.slice(0, Math.max(0, blocks.length - 1)));
  }
});
