import { expect, test } from 'vitest';
import type { SpokenText } from '../../speech/speech-model.ts';
import { transcribePiece, type WindowTimes } from './transcribe-piece.ts';

const say = (start: number, end: number | null, text: string): SpokenText => ({ start, end, text });

/** Recognizes a piece that begins at 100 s of the video, with what each of its windows is heard to say. */
async function transcribe(seconds: number, windows: readonly SpokenText[][]) {
  const asked: WindowTimes[] = [];
  const progress: number[] = [];
  const cues = await transcribePiece(
    { file: 'speech0.wav', start: 100, seconds },
    async (window) => windows[asked.push(window) - 1] ?? [],
    (fraction) => progress.push(fraction),
  );
  return { asked, cues, progress };
}

test('a short piece is one window, whose times become those of the video', async () => {
  const { asked, cues, progress } = await transcribe(4, [[say(0.5, 2, ' Hello.'), say(2, null, 'And then')]]);
  expect(asked).toEqual([{ start: 0, seconds: 4 }]);
  expect(cues).toEqual([
    { start: 100.5, end: 102, text: 'Hello.' },
    { start: 102, end: 104, text: 'And then' },
  ]);
  expect(progress).toEqual([1]);
});

test('what is heard behind the end of the sound is left out', async () => {
  const { cues } = await transcribe(4, [[say(3, 7, 'Goodbye.'), say(7, 9, 'Thank you.'), say(0, 1, ' ')]]);
  expect(cues).toEqual([{ start: 103, end: 104, text: 'Goodbye.' }]);
});

test.each([null, 29.5])('a sentence that ends at %j of a window is heard again from its beginning', async (end) => {
  const { asked, cues } = await transcribe(50, [
    [say(0, 12, 'One.'), say(22, end, 'Two is cut')],
    [say(0, 9, 'Two is cut off.')],
  ]);
  expect(asked).toEqual([
    { start: 0, seconds: 30 },
    { start: 22, seconds: 28 },
  ]);
  expect(cues).toEqual([
    { start: 100, end: 112, text: 'One.' },
    { start: 122, end: 131, text: 'Two is cut off.' },
  ]);
});

test('a sentence as long as a window is kept as it is, and silence at its end is heard again', async () => {
  const { asked, cues } = await transcribe(80, [[say(0, null, 'On and on')], [say(1, 3, 'Well.')], [], []]);
  expect(asked.map(({ start }) => start)).toEqual([0, 30, 55]);
  expect(cues.map(({ text }) => text)).toEqual(['On and on', 'Well.']);
});
