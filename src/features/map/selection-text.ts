import type { SelectionShape } from '#engines/scatter/select-inside.ts';

/** A coordinate is one of so many steps from -0.5 to 1.5: four digits of base 36. */
const STEPS = 36 ** 4 - 1;
const DIGITS = 4;
const FROM = -0.5;
const SPAN = 2;
const SIGNS = { choose: '*', add: '+', subtract: '-' } as const;
const DOES = new Map<string | undefined, SelectionShape['does']>([
  ['*', 'choose'],
  ['+', 'add'],
  ['-', 'subtract'],
]);

const toDigits = (value: number): string =>
  Math.round(Math.min(1, Math.max(0, (value - FROM) / SPAN)) * STEPS)
    .toString(36)
    .padStart(DIGITS, '0');
const toCoordinate = (digits: string): number => (Number.parseInt(digits, 36) / STEPS) * SPAN + FROM;

/** Shapes for the URL: a sign for what each does, then the coordinates of its corners; null when there are none. */
export const selectionText = (shapes: readonly SelectionShape[]): string | null =>
  shapes
    .map(({ does, polygon }) => SIGNS[does] + polygon.map(({ x, y }) => toDigits(x) + toDigits(y)).join(''))
    .join('') || null;

/** Reads what `selectionText` wrote; what it cannot read is left out. */
export function parseSelection(text: string | null): SelectionShape[] {
  return [...(text ?? '').matchAll(/([*+-])((?:[\da-z]{8}){3,})/g)].flatMap(([, sign, corners = '']) => {
    const does = DOES.get(sign);
    const polygon = (corners.match(/.{8}/g) ?? []).map((corner) => ({
      x: toCoordinate(corner.slice(0, DIGITS)),
      y: toCoordinate(corner.slice(DIGITS)),
    }));
    return does ? [{ does, polygon }] : [];
  });
}
