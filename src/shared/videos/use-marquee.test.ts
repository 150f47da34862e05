import { expect, test } from 'vitest';
import { boxBetween, tilesIn } from './use-marquee.ts';

/** Three tiles of 100 × 80 a row, 10 apart, rows 100 apart. */
const layout = { columns: 3, tileWidth: 100, tileHeight: 80, rowHeight: 100, gap: 10 };

test('a box holds the tiles that it touches, whichever way it was drawn', () => {
  const across = boxBetween({ x: 205, y: 150 }, { x: 105, y: 85 });
  expect(across).toEqual({ left: 105, top: 85, right: 205, bottom: 150 });
  expect(tilesIn(across, layout, 8)).toEqual([4]);
  expect(tilesIn(boxBetween({ x: 90, y: 10 }, { x: 230, y: 120 }), layout, 8)).toEqual([0, 1, 2, 3, 4, 5]);
});

test('the spaces between tiles hold nothing, and nothing lies behind the last tile', () => {
  expect(tilesIn(boxBetween({ x: 102, y: 0 }, { x: 108, y: 80 }), layout, 8)).toEqual([]);
  expect(tilesIn(boxBetween({ x: 0, y: 82 }, { x: 320, y: 98 }), layout, 8)).toEqual([]);
  expect(tilesIn(boxBetween({ x: 0, y: 210 }, { x: 320, y: 900 }), layout, 8)).toEqual([6, 7]);
});

test('it agrees with looking at every tile', () => {
  for (let trial = 0; trial < 300; trial += 1) {
    const at = (seed: number) => (Math.sin(trial * 12.9 + seed) * 0.5 + 0.5) * 420;
    const box = boxBetween({ x: at(1), y: at(2) }, { x: at(3), y: at(4) });
    const oracle = Array.from({ length: 10 }, (_, index) => index).filter((index) => {
      const left = (index % 3) * 110;
      const top = Math.floor(index / 3) * 100;
      return box.left <= left + 100 && box.right >= left && box.top <= top + 80 && box.bottom >= top;
    });
    expect(tilesIn(box, layout, 10)).toEqual(oracle);
  }
});
