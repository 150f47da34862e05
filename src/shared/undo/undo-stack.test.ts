import { expect, test } from 'vitest';
import { pushUndo, undo } from './undo-stack.ts';

test('the last action is undone first, each once, and none that was taken away', () => {
  const undone: string[] = [];
  pushUndo(() => undone.push('first'));
  const remove = pushUndo(() => undone.push('second'));
  pushUndo(() => undone.push('third'));
  remove();
  for (let press = 0; press < 4; press += 1) undo();
  expect(undone).toEqual(['third', 'first']);
});
