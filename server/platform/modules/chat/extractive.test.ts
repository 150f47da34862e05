import { expect, test } from 'vitest';
import { composeAnswer, type Material } from './extractive.ts';

const LABELS = [
  ['person', 1, null, '1 person'],
  ['car', 2, 'gray', '2 car'],
  ['car', 1, 'red', '1 car'],
] as const;
/** What people and cars do. */
const MOVING = [
  ['person', 1, null, 'A person walking'],
  ['car', 1, 'gray', 'A gray car driving'],
  ['car', 1, 'red', 'A red car'],
] as const;

const toSegments = (facts: readonly (readonly [string, number, string | null, string])[]): Material['segments'] =>
  facts.map(([label, count, color, caption], index) => ({
    segment_id: String(index),
    start_s: index * 4,
    end_s: index * 4 + 4,
    thumbnail: '',
    caption,
    observation: {
      index,
      start: index * 4,
      end: index * 4 + 4,
      thumbnail: '',
      objects: [{ label, count, score: 0.8, color, moving: false }],
      colors: [],
      motion: 'still',
      cameraMoves: false,
      brightness: 0.5,
      texture: 0,
      faces: 0,
      timeOfDay: null,
      features: [],
    },
  }));
const segments = toSegments(LABELS);

const about = (question: string, labels: string[], score = 0, of = segments) =>
  composeAnswer({
    question,
    labels,
    segments: of,
    quotes: [],
    matches: [],
    close: 0.24,
    retrieved: of.map((segment) => ({ ...segment, score })),
  });

test('a summary tells what happens, in order', () => {
  expect(about('Summarize the video', []).answer).toBe(
    'What happens, in order:\n\n- 0:00–0:04: 1 person\n- 0:04–0:08: 2 car\n- 0:08–0:12: 1 car',
  );
});

test('a count says what was seen at once, and why that is no total', () => {
  const { answer, cited } = about('How many cars are there?', ['car']);
  expect(answer).toContain('at most 2 cars at once, at 0:04–0:12.');
  expect(answer).toContain('I cannot give a total');
  expect(cited.map(({ segment_id }) => segment_id)).toEqual(['1', '2']);
  expect(about('How many dogs?', ['dog']).answer).toBe('I did not see any dog in this video.');
});

test.each([
  ['person', 'people'],
  ['bus', 'buses'],
  ['sheep', 'sheep'],
  ['wine glass', 'wine glasses'],
])('several of the kind “%s” are %s', (label, plural) => {
  const two = toSegments([[label, 2, null, `two ${plural}`]]);
  const { answer } = about('How many?', [label], 0, two);
  expect(answer).toContain(`at most 2 ${plural} at once`);
});

test('"when" names the times, and joins those that touch', () => {
  expect(about('When does a car appear?', ['car']).answer).toContain('I saw a car at 0:04–0:12.');
});

test('says so when nothing fits, and what there is instead', () => {
  expect(about('What color is the sky?', [], 0.1).answer).toBe(
    'I couldn’t find that in this video. Detected: person, car.',
  );
  expect(about('What stands there?', [], 0.6).answer).toContain('The segments closest to your question');
});

test('what is done in a video is found by its word in any form', () => {
  const moving = toSegments(MOVING);
  expect(about('Who is walking?', [], 0, moving).answer).toBe(
    'These segments match your question:\n\n- 0:00–0:04: A person walking',
  );
  expect(about('Does anybody walk here?', [], 0, moving).cited.map(({ segment_id }) => segment_id)).toEqual(['0']);
  expect(about('What drives?', [], 0, moving).answer).toContain('0:04–0:08: A gray car driving');
  expect(about('Who is dancing?', [], 0, moving).answer).toContain('I couldn’t find that');
});

test('a word before a vowel gets the right article', () => {
  expect(about('Is there an airplane?', ['airplane']).answer).toBe('I did not see an airplane.');
});

test('a color that is asked for counts, and is not made up', () => {
  const moving = toSegments(MOVING);
  expect(about('When does a red car appear?', ['car'], 0, moving).answer).toBe(
    'I saw a red car at 0:08–0:12.\n\n- 0:08–0:12: A red car',
  );
  expect(about('Is there a blue car?', ['car'], 0, moving).answer).toContain(
    'I did not find a blue car. I saw a car at 0:04–0:12.',
  );
});
