import { expect, test } from 'vitest';
import type { Detected, Detection } from './detector.ts';
import { findSightings } from './find-sightings.ts';
import { COCO_LABELS } from './labels.ts';
import { GRID } from './motion.ts';
import { HEAT_SIDE } from './picture.ts';

const picture = { data: new Uint8Array(512 * 512 * 3).fill(110), width: 512, height: 512 };

function detect(...detections: Detection[]): Detected {
  const heat = new Float32Array(HEAT_SIDE * HEAT_SIDE * COCO_LABELS.length);
  return { detections, heat, features: new Float32Array() };
}

/** A mask of the motion grid with a moving square of cells; a cell is 8 x 8 pixels. */
function moving(from: number, to: number) {
  const mask = new Uint8Array(GRID * GRID);
  for (let row = from; row < to; row += 1) mask.fill(1, row * GRID + from, row * GRID + to);
  return { mask, fraction: (to - from) ** 2 / mask.length, cameraMoves: false };
}

const still = moving(0, 0);
const getLabels = (detected: Detected, foreground = still) =>
  findSightings(picture, detected, foreground).map(({ candidates: [{ label }] }) => label);

test('a spot that stands still is nothing, and a small thing that moves by itself is', () => {
  expect(getLabels(detect({ label: 'sports ball', score: 0.7, box: [200, 200, 215, 210] }))).toEqual([]);
  expect(getLabels(detect({ label: 'sports ball', score: 0.7, box: [200, 200, 240, 240] }))).toEqual(['sports ball']);
  const walker: Detection = { label: 'person', score: 0.5, box: [80, 80, 92, 100] };
  expect(getLabels(detect(walker))).toEqual([]);
  expect(getLabels(detect(walker), moving(9, 13))).toEqual(['person']);
});

test('what moves like a phone from above is only a candidate for a car, and nothing where somebody may hold it', () => {
  const phone: Detection = { label: 'cell phone', score: 0.66, box: [80, 80, 160, 160] };
  expect(findSightings(picture, detect(phone), moving(10, 20))).toMatchObject([
    { candidates: [{ label: 'car', score: 0.15 }], isRegion: true, moving: true },
  ]);
  const person: Detection = { label: 'person', score: 0.6, box: [300, 300, 360, 460] };
  expect(getLabels(detect(person, phone), moving(10, 20))).toEqual(['person', 'cell phone']);
  expect(getLabels(detect(phone))).toEqual(['cell phone']);
});

test('what cannot move by itself and moves alone is not seen', () =>
  expect(getLabels(detect({ label: 'chair', score: 0.6, box: [80, 80, 160, 160] }), moving(10, 20))).toEqual([]));
