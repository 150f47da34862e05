import { expect, test } from 'vitest';
import { readLanguage } from './transcriber.ts';

test.each([
  ['english', 'en'],
  ['German', 'de'],
  ['pt-BR', 'pt-BR'],
  ['klingon of the north', null],
  ['', null],
  [undefined, null],
])('the language %j is %j', (name, tag) => {
  expect(readLanguage(name)).toBe(tag);
});
