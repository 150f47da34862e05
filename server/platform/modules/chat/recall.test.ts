import { describe, expect, test } from 'vitest';
import type { ChatMessage } from '#api/contracts/chat.ts';
import { answerFromHistory } from './recall.ts';

const history: ChatMessage[] = [
  { role: 'user', content: 'Describe what happens in this video.' },
  { role: 'assistant', content: 'A car stops.' },
  { role: 'user', content: 'How many people are involved?' },
  { role: 'assistant', content: 'Two people.' },
  { role: 'user', content: 'What color is the car?' },
  { role: 'assistant', content: 'Red.' },
];

const FIRST = 'Your first question was: “Describe what happens in this video.”';
const SECOND = 'Your second question was: “How many people are involved?”';
const LAST = 'Your last question was: “What color is the car?”';
const FIRST_ANSWER = 'My answer to your first question, “Describe what happens in this video.”, was:\n\nA car stops.';
const SECOND_ANSWER = 'My answer to your second question, “How many people are involved?”, was:\n\nTwo people.';
const LAST_ANSWER = 'My answer to your last question, “What color is the car?”, was:\n\nRed.';

test.each([
  ['What was my first question?', FIRST],
  ["What's my first question again?", FIRST],
  ['And what was the first thing I asked you?', FIRST],
  ['what did I ask first', FIRST],
  ['What did I first ask?', FIRST],
  ['What did I ask at the beginning?', FIRST],
  ['Can you repeat my very first question, please?', FIRST],
  ['What was my second question?', SECOND],
  ['What did I ask before?', LAST],
  ['What did I ask before that?', LAST],
  ['What did I ask you last?', LAST],
  ['What did I just ask?', LAST],
  ['What was my previous question?', LAST],
  ['What was the last question I asked?', LAST],
  ['What did you answer to my first question?', FIRST_ANSWER],
  ['What was your answer to my second question?', SECOND_ANSWER],
  ['How did you answer the first question?', FIRST_ANSWER],
  ['What was your first answer?', FIRST_ANSWER],
  ['What did you just say?', LAST_ANSWER],
  ['Repeat your last answer.', LAST_ANSWER],
])('%s', (question, answer) => {
  expect(answerFromHistory(question, history)).toBe(answer);
});

test('lists all questions', () => {
  expect(answerFromHistory('What have I asked so far?', history)).toBe(
    'You have asked, in order:\n\n1. Describe what happens in this video.\n2. How many people are involved?\n3. What color is the car?',
  );
});

describe('says so when the history has no such turn', () => {
  test.each([
    ['What was my first question?', [], 'This is the first question of this conversation.'],
    ['What was my fifth question?', history, 'There is no fifth question: you have asked 3 questions before this one.'],
    [
      'What did you answer to my first question?',
      history.slice(0, 1),
      'Your first question, “Describe what happens in this video.”, was not answered.',
    ],
  ])('%s', (question, turns, answer) => {
    expect(answerFromHistory(question, turns)).toBe(answer);
  });
});

test.each([
  'Describe what happens in this video.',
  'What happens first?',
  'What is the last thing the man says?',
  'What did the woman ask before?',
  'What is the first question of the interviewer?',
  'What did you see before the car stopped?',
  'What did you say about the car?',
  'When does my car first appear?',
])('leaves "%s" to the video', (question) => {
  expect(answerFromHistory(question, history)).toBeNull();
});
