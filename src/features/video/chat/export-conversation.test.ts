import { expect, test } from 'vitest';
import { conversationAsMarkdown } from './export-conversation.ts';

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
