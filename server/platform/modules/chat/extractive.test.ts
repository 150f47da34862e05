import { expect, test } from 'vitest';
import { composeAnswer, type Material } from './extractive.ts';

const LABELS = [
  ['person', 1],
  ['car', 2],
  ['car', 1],
] as const;

const segments: Material['segments'] = LABELS.map(([label, count], index) => ({
  segment_id: String(index),
  start_s: index * 4,
  end_s: index * 4 + 4,
  thumbnail: '',
  caption: `${count} ${label}`,
  observation: {
    index,
    start: index * 4,
    end: index * 4 + 4,
    thumbnail: '',
    objects: [{ label, count, score: 0.8, color: null, moving: false }],
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

const about = (question: string, labels: string[], score = 0) =>
  composeAnswer({
    question,
    labels,
    segments,
    close: 0.24,
    retrieved: segments.map((segment) => ({ ...segment, score })),
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

test('"when" names the times, and joins those that touch', () => {
  expect(about('When does a car appear?', ['car']).answer).toContain('I saw a car at 0:04–0:12.');
});

test('says so when nothing fits, and what there is instead', () => {
  expect(about('What color is the sky?', [], 0.1).answer).toBe(
    'I did not see anything in this video that answers that. What I did see: person, car.',
  );
  expect(about('What stands there?', [], 0.6).answer).toContain('The segments closest to your question');
});
