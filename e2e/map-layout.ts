/** What the map keeps free around its points, in CSS pixels. */
const SIDE = 56;
const TOP = 88;

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/**
 * Where a place on the map is in its element, in CSS pixels. `view` is the parameter `at` of the URL: the center (0 to 1)
 * and the zoom; null shows the whole map.
 */
export function toMapSpot({ x, y }: Spot, size: { width: number; height: number }, view: string | null = null): Spot {
  const [cx = 0.5, cy = 0.5, zoom = 1] = view?.split(',').map(Number) ?? [];
  return {
    x: size.width / 2 + zoom * (x - cx) * (size.width - 2 * SIDE),
    y: (size.height + TOP - SIDE) / 2 - zoom * (y - cy) * (size.height - TOP - SIDE),
  };
}
