import { expect, test } from 'vitest';
import { GRID } from './motion.ts';
import { SegmentThreads } from './segment-thread.ts';

const background = new Float32Array(GRID * GRID * 3);

test('a segment that fails ends the analysis, and one that comes after the threads have ended is refused', async () => {
  const threads = new SegmentThreads(1);
  await expect(threads.analyze({ samples: [], background })).rejects.toThrow('A segment without frames');
  await expect(threads.ready()).rejects.toThrow('A segment without frames');
  await threads[Symbol.asyncDispose]();
  await expect(threads.analyze({ samples: [], background })).rejects.toThrow(
    'The thread of the vision models has ended.',
  );
}, 30_000);
