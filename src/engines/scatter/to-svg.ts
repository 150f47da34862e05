import { toPixels } from './camera.ts';
import { placeLabels } from './label-layout.ts';
import { activeRadius, highlightRadius, OPACITY, type Point } from './scatter-data.ts';
import type { Scene } from './scene-renderer.ts';

/** CSS pixels that a letter of a label takes on average. */
const LETTER_WIDTH = 6.5;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
const short = (value: number) => String(Math.round(value * 100) / 100);
const toPath = (places: readonly Point[]) => `M${places.map(({ x, y }) => `${short(x)},${short(y)}`).join('L')}`;

/** The plot as it stands, as an SVG document: every point in sight is a circle. Sizes in CSS pixels. */
export function toSvg({
  points,
  colors,
  states,
  opacity,
  theme,
  affine,
  width,
  height,
  radius,
  outlines,
  marks,
}: Scene): string {
  const at = (index: number) => toPixels(affine, { x: points.x[index] ?? 0, y: points.y[index] ?? 0 });
  const isInSight = ({ x, y }: Point) => x > -radius && y > -radius && x < width + radius && y < height + radius;
  const getColor = (index: number) => escaped(colors.palette[colors.colorIndex[index] ?? 0] ?? theme.label);
  const circle = (index: number, size: number, more: string) => {
    const place = at(index);
    if (!isInSight(place)) return '';
    return `<circle cx="${short(place.x)}" cy="${short(place.y)}" r="${short(size)}" fill="${getColor(index)}"${more}/>`;
  };
  const faint: Readonly<Record<number, number>> = OPACITY;
  const dots = Array.from(points.x, (_, index) =>
    circle(index, radius, ` fill-opacity="${faint[states?.[index] ?? 0] ?? opacity}"`),
  );
  const borders = outlines.map(({ rings, color }) => {
    const path = rings.map((ring) => `${toPath(ring.map((place) => toPixels(affine, place)))}Z`).join('');
    return `<path d="${path}" fill="${escaped(color)}" fill-opacity="0.06" stroke="${escaped(color)}" stroke-opacity="0.45"/>`;
  });
  const way =
    marks.path.length > 1
      ? [`<path d="${toPath(marks.path.map(at))}" fill="none" stroke="${escaped(theme.ring)}" stroke-opacity="0.4"/>`]
      : [];
  const ring = ` stroke="${escaped(theme.ring)}" stroke-width="2"`;
  const highlighted = marks.highlighted.toReversed().map((index) => circle(index, highlightRadius(radius), ring));
  const active = marks.active === null ? [] : [circle(marks.active, activeRadius(radius), ring)];
  const labels = placeLabels(outlines, {
    width,
    height,
    obstacles: [],
    measure: (text) => text.length * LETTER_WIDTH,
    toPixels: (place) => toPixels(affine, place),
  }).map(
    ({ label, x, y }) =>
      `<text x="${short(x)}" y="${short(y)}" fill="${escaped(theme.label)}">${escaped(label)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" font-weight="600" text-anchor="middle">`,
    `<rect width="${width}" height="${height}" fill="${escaped(theme.background)}"/>`,
    ...borders,
    ...dots,
    ...way,
    ...highlighted,
    ...active,
    ...labels,
    '</svg>\n',
  ]
    .filter((line) => line !== '')
    .join('\n');
}
