import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { stopOnSignals } from './stop-on-signals.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('stops once, however many signals arrive', () => {
  const signals = new EventEmitter();
  vi.stubGlobal('process', signals);
  const stop = vi.fn(async () => undefined);
  stopOnSignals(stop);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGINT']) signals.emit(signal);
  expect(stop).toHaveBeenCalledOnce();
});
