const GOLDEN_ANGLE = 137.508;

/** A video's color, for good: each next video turns the hue by the golden angle, so that neighbors in time differ most. */
export function getColor(position: number): string {
  return `hsl(${Math.round((position * GOLDEN_ANGLE) % 360)}, 70%, 55%)`;
}
