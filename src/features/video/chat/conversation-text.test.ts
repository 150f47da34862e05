import type { Root } from 'mdast';
import { expect, test } from 'vitest';
import { conversationAsMarkdown, linkTimes, toAnswerBlocks } from './conversation-text.ts';

test.each([
  ['one', ['one']],
  ['one\ntwo\n\nthree\n', ['one\ntwo', 'three']],
  ['```\na\n\nb\n```\n\nafter', ['```\na\n\nb\n```', 'after']],
  ['```\nstill\n\nopen', ['```\nstill\n\nopen']],
  ['- a\n\n  more of a\n\n- b', ['- a\n\n  more of a', '- b']],
  ['', []],
])('%j', (markdown, blocks) => expect(toAnswerBlocks(markdown)).toEqual(blocks));

test('blocks that are whole stay the same while the text grows', () => {
  const text = 'First paragraph.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nLast one at 0:12.';
  const whole = toAnswerBlocks(text);
  for (let length = 0; length <= text.length; length += 1) {
    const blocks = toAnswerBlocks(text.slice(0, length));
    expect(blocks.slice(0, -1)).toEqual(whole.slice(0, Math.max(0, blocks.length - 1)));
  }
});

/** The text with its links as `[text](second)`. */
function linked(text: string): string {
  const tree: Root = { type: 'root', children: [{ type: 'paragraph', children: [{ type: 'text', value: text }] }] };
  linkTimes()(tree);
  const [paragraph] = tree.children;
  if (paragraph?.type !== 'paragraph') return '';
  return paragraph.children
    .map((node) => {
      if (node.type === 'text') return node.value;
      const [child] = node.type === 'link' ? node.children : [];
      return node.type === 'link' && child?.type === 'text' ? `[${child.value}](${node.url.slice(3)})` : '';
    })
    .join('');
}

test.each([
  ['At 0:12 it starts', 'At [0:12](12) it starts'],
  ['At 00:12.', 'At [00:12](12).'],
  ['1:02:03 in', '[1:02:03](3723) in'],
  ['[00:01:02.500]', '[[00:01:02.500](62.5)]'],
  ['from 0:15–0:18', 'from [0:15–0:18](15)'],
  ['from 0:15 to 0:18, then', 'from [0:15 to 0:18](15), then'],
  ['0:15–0:18: a car', '[0:15–0:18](15): a car'],
  ['after 12s', 'after [12s](12)'],
  ['after 12.5 s', 'after [12.5 s](12.5)'],
  ['12s-15s and 20–25 s', '[12s-15s](12) and [20–25 s](20)'],
  ['at 2m10s or 1h 2m 3s', 'at [2m10s](130) or [1h 2m 3s](3723)'],
  ['two cars, 16:9', 'two cars, 16:9'],
  ['3 shops, 12 seats', '3 shops, 12 seats'],
  ['no times here', 'no times here'],
])('%s', (text, expected) => expect(linked(text)).toBe(expected));

test('code is left alone', () => {
  const tree: Root = {
    type: 'root',
    children: [{ type: 'paragraph', children: [{ type: 'inlineCode', value: '0:12' }] }],
  };
  linkTimes()(tree);
  expect(tree.children[0]).toEqual({ type: 'paragraph', children: [{ type: 'inlineCode', value: '0:12' }] });
});

test('questions, answers, segments, and what did not come through', () => {
  const turn = { id: '1', error: null, answeredBy: null };
  const citations = [
    { segment_id: 's', start: '00:00:04', end: '00:00:08', start_ms: 4000, end_ms: 8000, text: 'a red car' },
  ];
  expect(
    conversationAsMarkdown('Street', {
      title: 'Cars',
      turns: [
        { ...turn, question: 'When does\na car come?', answer: 'At 0:04.\n', state: 'done', citations },
        { ...turn, question: 'And then?', answer: 'It', state: 'stopped', citations: [] },
      ],
    }),
  ).toBe(
    [
      '# Cars',
      'Video: Street',
      '## When does a car come?',
      'At 0:04.',
      '- 00:00:04.000–00:00:08.000: a red car',
      '## And then?',
      'It',
      '*(stopped)*\n',
    ].join('\n\n'),
  );
});
