import { expect, test } from 'vitest';
import { toMatchPieces } from './match-words.ts';

const getMatches = (text: string, query: string) =>
  toMatchPieces(text, query)
    .filter(({ isMatch }) => isMatch)
    .map((piece) => piece.text);

test('marks the words of a query, also in another form', () => {
  expect(getMatches('Please check the Forklifts before you leave.', 'forklift check')).toEqual(['check', 'Forklifts']);
  expect(getMatches('Part AX-4711 of the box', 'the "ax-4711"')).toEqual(['4711']);
  expect(getMatches('a cat in a car', 'cat')).toEqual(['cat']);
});

test('a short text stays whole, a long one is cut around the first match', () => {
  const join = (text: string, query: string) =>
    toMatchPieces(text, query)
      .map((piece) => piece.text)
      .join('');
  expect(join('One\ntwo', 'two')).toBe('One two');
  const long = `${'word '.repeat(60)}forklift ${'more '.repeat(60)}`;
  const cut = join(long, 'forklift');
  expect(cut).toMatch(/^… word .*forklift.*…$/);
  expect(cut.length).toBeLessThan(180);
});
