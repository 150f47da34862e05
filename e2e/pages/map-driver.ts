import { expect, type Locator, type Page } from '@playwright/test';
import { polygonContains, rgb } from 'd3';
import type { Visualization, VisualizationPoint } from '../../src/api/contracts/search.ts';
import { type Spot, toMapSpot } from '../map-layout.ts';

/** Works the map with a pointer, from where the API says that points are. */
export class MapDriver {
  readonly map: Locator;
  readonly #page: Page;
  readonly #data: Visualization;

  constructor(page: Page, data: Visualization) {
    this.#page = page;
    this.#data = data;
    this.map = page.getByTestId('map');
  }

  get points(): readonly VisualizationPoint[] {
    return this.#data.points;
  }

  async size(): Promise<{ width: number; height: number; left: number; top: number }> {
    const box = await this.map.boundingBox();
    if (!box) throw new Error('The map is not there.');
    return { width: box.width, height: box.height, left: box.x, top: box.y };
  }

  /** Where a place on the map is in the element, in CSS pixels: of the whole map, or of the view that the URL names. */
  async getSpot(point: Spot): Promise<Spot> {
    return toMapSpot(point, await this.size(), new URL(this.#page.url()).searchParams.get('at'));
  }

  /** How far each point is from its nearest neighbor on the screen, in CSS pixels. */
  async #distances(): Promise<{ point: VisualizationPoint; distance: number }[]> {
    const spots = await Promise.all(this.points.map((point) => this.getSpot(point)));
    return this.points.map((point, index) => {
      const { x, y } = spots[index] ?? { x: 0, y: 0 };
      const others = spots.filter((_, at) => at !== index);
      return { point, distance: Math.min(...others.map((other) => Math.hypot(x - other.x, y - other.y))) };
    });
  }

  /** Points that no other comes nearer than this: the nearest one to the pointer is the one that is meant. */
  async lonely(least: number): Promise<VisualizationPoint[]> {
    return (await this.#distances()).filter(({ distance }) => distance >= least).map(({ point }) => point);
  }

  /** The point of these videos that is furthest from any other, and how far. */
  async loneliest(...videoIds: string[]): Promise<{ point: VisualizationPoint; distance: number }> {
    const [first, ...rest] = (await this.#distances()).filter(({ point }) => videoIds.includes(point.video_id));
    if (!first) throw new Error('None of the videos is on the map.');
    return rest.reduce((best, one) => (one.distance > best.distance ? one : best), first);
  }

  /** A polygon, not convex, around about the left half of the points, with none near its border. */
  async leftHalf(): Promise<Spot[]> {
    const { height } = await this.size();
    const across = (await Promise.all(this.points.map((point) => this.getSpot(point))))
      .map(({ x }) => x)
      .sort((a, b) => a - b);
    const gaps = across
      .slice(1)
      .map((x, index) => ({ middle: (x + (across[index] ?? 0)) / 2, width: x - (across[index] ?? 0) }));
    const central = gaps.slice(Math.floor(gaps.length / 4), Math.ceil((3 * gaps.length) / 4));
    const { middle, width } = central.reduce((widest, gap) => (gap.width > widest.width ? gap : widest));
    const [near, far] = [middle - 0.3 * width, middle + 0.3 * width];
    return [
      [4, 4],
      [far, 6],
      [near, 0.4 * height],
      [far, 0.6 * height],
      [near, height - 8],
      [6, height - 4],
    ].map(([x = 0, y = 0]) => ({ x, y }));
  }

  async click(point: Spot): Promise<void> {
    await this.map.click({ position: await this.getSpot(point) });
  }

  /** Draws around with the tool that is chosen; the corners in CSS pixels of the element. */
  async draw(corners: readonly Spot[]): Promise<void> {
    const { left, top } = await this.size();
    const [first = { x: 0, y: 0 }, ...rest] = corners;
    await this.#page.mouse.move(left + first.x, top + first.y);
    await this.#page.mouse.down();
    for (const { x, y } of rest) await this.#page.mouse.move(left + x, top + y, { steps: 6 });
    await this.#page.mouse.up();
  }

  /** The points within a polygon of CSS pixels, by trying each. */
  async inside(corners: readonly Spot[]): Promise<VisualizationPoint[]> {
    const polygon = corners.map(({ x, y }): [number, number] => [x, y]);
    const spots = await Promise.all(this.points.map((point) => this.getSpot(point)));
    return this.points.filter((_, index) => {
      const spot = spots[index];
      return spot !== undefined && polygonContains(polygon, [spot.x, spot.y]);
    });
  }

  /** The color on the screen at a point: red, green, blue. */
  async colorAt(point: Spot): Promise<[number, number, number]> {
    const spot = await this.getSpot(point);
    const picture = await this.map.screenshot();
    return this.#page.evaluate(
      async ([base64, { x, y }]) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
        context?.drawImage(bitmap, 0, 0);
        const [red = 0, green = 0, blue = 0] = context?.getImageData(Math.round(x), Math.round(y), 1, 1).data ?? [];
        return [red, green, blue] as [number, number, number];
      },
      [picture.toString('base64'), spot] as const,
    );
  }

  /** A screenshot of the map once two in a row are the same. */
  async atRest(): Promise<Buffer> {
    let last = await this.map.screenshot();
    await expect
      .poll(async () => {
        const before = last;
        last = await this.map.screenshot();
        return last.equals(before);
      })
      .toBe(true);
    return last;
  }

  /** The share of pixels in which two screenshots differ visibly. */
  async difference(first: Buffer, second: Buffer): Promise<number> {
    return this.#page.evaluate(
      async (pictures) => {
        const [a, b] = await Promise.all(
          pictures.map(async (base64) => {
            const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
            const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
            const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
            context?.drawImage(bitmap, 0, 0);
            return context?.getImageData(0, 0, bitmap.width, bitmap.height).data;
          }),
        );
        if (!a || !b || a.length !== b.length) return 1;
        let differing = 0;
        for (let at = 0; at < a.length; at += 4) {
          const apart = [0, 1, 2].some((channel) => Math.abs((a[at + channel] ?? 0) - (b[at + channel] ?? 0)) > 60);
          if (apart) differing += 1;
        }
        return differing / (a.length / 4);
      },
      [first.toString('base64'), second.toString('base64')],
    );
  }

  /** How far a point on the screen is from the color that the API gives its video, of 255. */
  async colorError(point: VisualizationPoint): Promise<number> {
    const wanted = rgb(this.#data.videos[point.video_id]?.color ?? '');
    const [red, green, blue] = await this.colorAt(point);
    return Math.max(Math.abs(red - wanted.r), Math.abs(green - wanted.g), Math.abs(blue - wanted.b));
  }
}
