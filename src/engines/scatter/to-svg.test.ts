import { expect, test } from 'vitest';
import { DIMMED, NO_MARKS } from './scatter-data.ts';
import { toSvg } from './to-svg.ts';

const scene = {
  points: { x: Float32Array.from([0, 0.5, 40]), y: Float32Array.from([0, 1, 0]) },
  colors: { colorIndex: Uint16Array.from([0, 1, 0]), palette: ['#ff0000', 'hsl(10, 20%, 30%)'] },
  states: Uint8Array.from([0, DIMMED, 0]),
  opacity: 0.9,
  theme: { background: '#000', grid: '#111', label: '#ccc', ring: '#fff', accent: '#fb5' },
  affine: { sx: 100, ox: 0, sy: -50, oy: 50 },
  width: 100,
  height: 50,
  radius: 4,
  hasAxes: false,
  outlines: [
    {
      rings: [
        [
          { x: 0, y: 0 },
          { x: 1, y: 0 },
          { x: 1, y: 1 },
        ],
      ],
      label: '<cars> & "more"',
      at: { x: 0.5, y: 0.5 },
      color: 'red',
    },
  ],
  obstacles: [],
  marks: { ...NO_MARKS, active: 1 },
  hovered: null,
  drawn: null,
};

test('a circle for each point in sight, in its color and its place', () => {
  const svg = toSvg(scene);
  expect(svg).toContain('<circle cx="0" cy="50" r="4" fill="#ff0000" fill-opacity="0.9"/>');
  expect(svg).toContain('<circle cx="50" cy="0" r="4" fill="hsl(10, 20%, 30%)" fill-opacity="0.2"/>');
  expect(svg.match(/<circle/g)).toHaveLength(3);
});

test('names are text, whatever they hold', () => {
  expect(toSvg(scene)).toContain('>&lt;cars&gt; &amp; &quot;more&quot;</text>');
});
