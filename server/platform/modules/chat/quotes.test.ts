import { expect, test } from 'vitest';
import type { Material } from './extractive.ts';
import { answerFromQuotes, type Quote, toTextTerms } from './quotes.ts';

const SAID: Quote = { kind: 'said', start_s: 1, end_s: 3, text: 'Check the\nforklifts.' };
const WRITTEN: Quote = { kind: 'written', start_s: 6, end_s: 9, text: 'Dock 7' };

const ask = (question: string, { quotes = [], matches = [] }: Partial<Pick<Material, 'quotes' | 'matches'>> = {}) =>
  answerFromQuotes({ question, segments: [], retrieved: [], quotes, matches, labels: [], close: 0.2 });

test.each([
  ['What does he say about the forklifts?', 'forklifts'],
  ['What is written on the screen?', ''],
  ['Where is "Dock 7" mentioned?', '"Dock 7" dock 7'],
  ['Who mentions part AX-4711?', 'ax-4711'],
])('the terms of %j are %j', (question, terms) => {
  expect(toTextTerms(question)).toBe(terms);
});

test('lines that match are quoted with their time and where they are', () => {
  const answer = ask('What does he say about the forklifts?', { quotes: [SAID, WRITTEN], matches: [SAID] })?.answer;
  expect(answer).toBe('These lines match your question:\n\n- 0:01–0:03, said: “Check the forklifts.”');
});

test('a question for words in general gets those that it asks for', () => {
  expect(ask('What is said?', { quotes: [SAID, WRITTEN] })?.answer).toContain('- 0:01–0:03, said');
  expect(ask('What is said?', { quotes: [SAID, WRITTEN] })?.answer).not.toContain('Dock');
  expect(ask('What text is on screen?', { quotes: [SAID, WRITTEN] })?.answer).toContain('on screen: “Dock 7”');
});

test('it says so when the words are not there, or none are known', () => {
  expect(ask('What does she say about cranes?', { quotes: [SAID] })?.answer).toBe(
    'I couldn’t find that in what is said in this video.',
  );
  expect(ask('What is said about cranes?')?.answer).toContain('no transcript');
  expect(ask('Is there a red car?', { quotes: [SAID] })).toBeNull();
});
