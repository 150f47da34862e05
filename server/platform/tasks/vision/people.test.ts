import { describe, expect, test } from 'vitest';
import type { Box } from './boxes.ts';
import type { Sighting } from './confirm-objects.ts';
import type { FoundFaces } from './face-finder.ts';
import type { SeenObject } from './observation.ts';
import { confirmPeople, type ExaminedFrame, examinePeople } from './people.ts';
import { createBody } from './pose-estimator.ts';

const NOBODY: FoundFaces = { squares: [], largest: 0, score: 0 };
const FACE = { left: 0, top: 0, side: 40 };
const picture = { data: new Uint8Array(), width: 512, height: 288 };
/** Stands, whatever the box. */
const standing = {
  estimate: (_: unknown, [left, top, right, bottom]: Box) =>
    createBody((part) => {
      const side = part.startsWith('left') ? 0.6 : 0.4;
      const heights: readonly [suffix: string, height: number][] = [
        ['Shoulder', 0.2],
        ['Elbow', 0.35],
        ['Wrist', 0.5],
        ['Hip', 0.5],
        ['Knee', 0.75],
        ['Ankle', 0.98],
      ];
      const height = heights.find(([suffix]) => part.endsWith(suffix))?.[1] ?? 0.05;
      return { x: left + side * (right - left), y: top + height * (bottom - top), score: 0.8 };
    }),
};

const person = (box: Box, more: Partial<Sighting> = {}): Sighting => ({
  candidates: [{ label: 'person', score: 0.7 }],
  box,
  color: null,
  moving: false,
  isRegion: false,
  ...more,
});
const frame = (sightings: readonly Sighting[], more: Partial<ExaminedFrame> = {}): ExaminedFrame => ({
  picture,
  sightings,
  cameraMoves: false,
  detected: {
    heat: new Float32Array(),
    features: new Float32Array(),
    detections: sightings.map(({ box }) => ({ label: 'person', score: 0.7, box })),
  },
  ...more,
});
const people = (count: number): SeenObject => ({ label: 'person', count, score: 0.7, color: null, moving: false });
const TALL: Box = [100, 50, 180, 250];

describe('postures', () => {
  test('of those who are large and stay where they are', () => {
    expect(examinePeople([frame([person(TALL)])], standing, NOBODY).postures).toEqual([
      { posture: 'standing', count: 1 },
    ]);
  });

  test.each([
    ['moves', frame([person(TALL, { moving: true })])],
    ['is small', frame([person([100, 50, 130, 130])])],
    ['is partly hidden', frame([person(TALL), person([130, 60, 200, 260])])],
    ['is doubtful', frame([person(TALL, { candidates: [{ label: 'person', score: 0.4 }] })])],
    ['may be followed by the camera', frame([person(TALL)], { cameraMoves: true })],
  ])('are not told of somebody who %s', (_, examined) =>
    expect(examinePeople([examined], standing, NOBODY).postures).toEqual([]),
  );

  test('are read of those alone whom two frames show in the same place', () => {
    let estimated = 0;
    const counting = {
      estimate(_: unknown, box: Box) {
        estimated += 1;
        return standing.estimate(_, box);
      },
    };
    examinePeople([frame([person(TALL)]), frame([person([300, 50, 380, 250])])], counting, NOBODY);
    expect(estimated).toBe(0);
    const frames = [frame([person(TALL)]), frame([person(TALL)])];
    expect(examinePeople(frames, counting, NOBODY).postures).toEqual([{ posture: 'standing', count: 1 }]);
    expect(estimated).toBe(2);
  });

  test('are dropped where nobody is confirmed', () => {
    const evidence = examinePeople([frame([person(TALL)])], standing, NOBODY);
    expect(confirmPeople(evidence, { objects: [], motion: 'still' }).postures).toEqual([]);
  });
});

describe('two people face to face', () => {
  /** Whose noses point to the middle of the picture. */
  const facing = {
    estimate: (_: unknown, [left, top, right, bottom]: Box) =>
      createBody((part) => {
        const x = (left + right) / 2;
        const turn = part === 'nose' ? Math.sign(picture.width / 2 - x) * 12 : 0;
        return { x: x + turn, y: part.endsWith('Shoulder') ? top + 0.2 * (bottom - top) : top + 10, score: 0.8 };
      }),
  };
  const pair = [person([150, 50, 210, 250]), person([300, 50, 360, 250])];
  const getInteraction = (frames: readonly ExaminedFrame[], count = 2) =>
    confirmPeople(examinePeople(frames, facing, NOBODY), { objects: [people(count)], motion: 'still' }).interaction;

  test('are told where both of two frames show them', () => {
    expect(getInteraction([frame(pair), frame(pair)])).toBe('face_to_face');
    expect(getInteraction([frame(pair), frame(pair.slice(1))])).toBeNull();
  });

  test('are not told among others, or of people who are small', () => {
    expect(getInteraction([frame([...pair, person([420, 50, 480, 250])])], 3)).toBeNull();
    expect(getInteraction([frame([person([150, 50, 170, 100]), person([300, 50, 320, 100])])])).toBeNull();
  });

  test('are not told where one person is confirmed', () => {
    expect(getInteraction([frame(pair)], 1)).toBeNull();
  });
});

describe('the shot', () => {
  const getShot = (sightings: readonly Sighting[], faces = NOBODY) =>
    confirmPeople(examinePeople([frame(sightings)], standing, faces), { objects: [people(1)], motion: 'still' }).shot;

  test('is wide where everybody is small', () => {
    expect(getShot([person([10, 10, 30, 80]), person([60, 10, 80, 90])])).toBe('wide');
    expect(getShot([person([10, 10, 30, 80]), person(TALL)])).toBeNull();
  });

  test('is a close-up where a face is large', () => {
    expect(getShot([person(TALL)], { squares: [FACE], largest: 0.3, score: 0.7 })).toBe('close_up');
    expect(getShot([person(TALL)], { squares: [FACE], largest: 0.2, score: 0.99 })).toBeNull();
  });

  test('is no close-up of a doubtful face without a body', () => {
    expect(getShot([], { squares: [FACE], largest: 0.3, score: 0.8 })).toBeNull();
  });
});

describe('the occupancy', () => {
  const empty = examinePeople([frame([])], standing, NOBODY);

  test('is empty where nobody is seen and nothing moves', () => {
    expect(confirmPeople(empty, { objects: [], motion: 'still' }).occupancy).toBe('empty');
    expect(confirmPeople(empty, { objects: [], motion: 'slight' }).occupancy).toBeNull();
  });

  test('is not empty where the detector has a doubt', () => {
    const doubtful = frame([], { detected: frame([person(TALL)]).detected });
    const evidence = examinePeople([doubtful], standing, NOBODY);
    expect(confirmPeople(evidence, { objects: [], motion: 'still' }).occupancy).toBeNull();
  });

  test('is many people from six on', () => {
    const evidence = examinePeople([frame([person(TALL)])], standing, NOBODY);
    expect(confirmPeople(evidence, { objects: [people(6)], motion: 'still' }).occupancy).toBe('many');
    expect(confirmPeople(evidence, { objects: [people(5)], motion: 'still' }).occupancy).toBeNull();
  });
});
