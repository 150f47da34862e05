const LARGEST = 5.5;
const SMALLEST = 0.75;
/** Points grow with the zoom, but slower than the gaps between them. */
const GROWTH = 0.4;
const MOST = 8;

/** The radius of a point in CSS pixels: smaller the more there are, larger the closer one looks. */
export function pointRadius(count: number, zoom: number): number {
  const resting = Math.min(LARGEST, Math.max(SMALLEST, 34 / Math.max(1, count) ** 0.28));
  return Math.min(MOST, resting * Math.max(1, zoom) ** GROWTH);
}

/** The radius of a point that stands out from others of a radius, and of the one that is playing. */
export const highlightRadius = (radius: number): number => Math.max(5, radius + 1);
export const activeRadius = (radius: number): number => Math.max(6, radius + 2.5);

/** The opacity of a point: where many lie on each other, density is to show. */
export const pointOpacity = (count: number): number => (count <= 20_000 ? 0.92 : 0.75);
