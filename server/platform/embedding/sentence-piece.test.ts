import { expect, test } from 'vitest';
import { SentencePiece, type Vocabulary } from './sentence-piece.ts';

const RESERVED: Vocabulary = ['<unk>', '<s>', '</s>', 'x1', 'x2', 'x3'].map((piece) => [piece, 0]);
const pieces = new SentencePiece([...RESERVED, ['▁a', -2], ['▁', -4], ['a', -3], ['b', -3], ['ab', -3.5], ['▁ab', -9]]);

test('takes the likeliest way to cut a text', () => {
  expect(pieces.encode('ab')).toEqual([6, 9]);
  expect(pieces.encode(' a  b ')).toEqual([6, 7, 9]);
});

test('a run that no piece covers is one unknown', () => {
  expect(pieces.encode('azzz')).toEqual([6, 0]);
  expect(pieces.encode('   ')).toEqual([]);
});
