import { expect, test } from 'vitest';
import { shortcutFor } from './shortcuts.ts';

const shortcuts = [
  { keys: ['m'], does: 'mark' },
  { keys: ['m'], shift: true, does: 'mute' },
  { keys: ['?'], does: 'help' },
  { keys: ['ArrowLeft'], does: 'back' },
  { keys: ['ArrowLeft'], shift: true, does: 'back a little' },
];
const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
  shortcutFor(shortcuts, { key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held })?.does;

test('a letter alone and with shift are two; caps lock does not matter', () => {
  expect([press('m'), press('M', { shiftKey: true }), press('M')]).toEqual(['mark', 'mute', 'mark']);
});

test('a sign is itself, however a keyboard makes it', () => {
  expect([press('?'), press('?', { shiftKey: true })]).toEqual(['help', 'help']);
});

test('named keys mind shift, too', () => {
  expect([press('ArrowLeft'), press('ArrowLeft', { shiftKey: true })]).toEqual(['back', 'back a little']);
});

test('what is held with control belongs to the browser', () => {
  expect([press('m', { ctrlKey: true }), press('m', { metaKey: true }), press('x')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
