import type { Outline, Point } from './scatter-data.ts';

/** A rectangle in CSS pixels within the plot. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A label with the middle of its baseline, in CSS pixels. */
export interface PlacedLabel extends Point {
  readonly label: string;
}

interface LabelSpace {
  readonly width: number;
  readonly height: number;
  /** What labels must not lie under: tools over the plot. */
  readonly obstacles: readonly Box[];
  /** The width of a text in CSS pixels. */
  measure(text: string): number;
  toPixels(place: Point): Point;
}

/** CSS pixels. */
const ASCENT = 12;
const DESCENT = 5;
const GAP = 6;
const PADDING = 4;
/** A label that would have to stand farther from its outline is left out. */
const MAX_DISTANCE = 140;

const overlap = (a: Box, b: Box) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

/**
 * Places the labels of outlines above them: inside the plot, beside the tools, and not on each other. Those of the first
 * outlines come first; what finds no place is left out, and so is what belongs to an outline out of sight.
 */
export function placeLabels(
  outlines: readonly Outline[],
  { width, height, obstacles, measure, toPixels }: LabelSpace,
): PlacedLabel[] {
  const taken: Box[] = [...obstacles];
  const placed: PlacedLabel[] = [];
  for (const { label, at } of outlines) {
    const anchor = toPixels(at);
    if (anchor.x < 0 || anchor.x > width || anchor.y < 0 || anchor.y > height) continue;
    const half = measure(label) / 2 + PADDING;
    const toBox = ({ x, y }: Point): Box => ({ left: x - half, right: x + half, top: y - ASCENT, bottom: y + DESCENT });
    const inside = ({ x, y }: Point): Point => ({
      x: Math.min(Math.max(x, half), width - half),
      y: Math.min(Math.max(y, ASCENT + PADDING), height - DESCENT - PADDING),
    });
    const above = inside({ x: anchor.x, y: anchor.y - GAP });
    const beside = obstacles.flatMap(({ left, right, top, bottom }) => [
      { x: above.x, y: bottom + ASCENT + PADDING },
      { x: left - half - PADDING, y: above.y },
      { x: right + half + PADDING, y: above.y },
      { x: above.x, y: top - DESCENT - PADDING },
    ]);
    const distance = (place: Point) => Math.hypot(place.x - above.x, place.y - above.y);
    const place = [above, ...beside.map(inside).sort((a, b) => distance(a) - distance(b))].find(
      (candidate) => distance(candidate) <= MAX_DISTANCE && !taken.some((other) => overlap(toBox(candidate), other)),
    );
    if (!place) continue;
    taken.push(toBox(place));
    placed.push({ label, ...place });
  }
  return placed;
}
