import { rgb } from 'd3';
import type { Visualization, VisualizationPoint } from '../../src/api/contracts/search.ts';
import { toMapSpot } from '../map-layout.ts';
import type { BrowserDriver, Point } from './browser-driver.ts';
import { getAttribute, getBox, readPixel } from './page-functions.ts';

const MAP = '[data-testid=map]';

/** The map of some videos, worked with a pointer from where the API says that points are. */
export class MapPage {
  readonly #browser: BrowserDriver;
  readonly #data: Visualization;

  private constructor(browser: BrowserDriver, data: Visualization) {
    this.#browser = browser;
    this.#data = data;
  }

  static async open(browser: BrowserDriver, studioUrl: string, data: Visualization): Promise<MapPage> {
    await browser.goto(`${studioUrl}/map?in=${Object.keys(data.videos).join(',')}`);
    const isIndexed = async () =>
      (await browser.evaluate(getAttribute, MAP, 'data-indexed')) === String(data.points.length) || null;
    await browser.waitFor('the map', isIndexed);
    return new MapPage(browser, data);
  }

  get points(): readonly VisualizationPoint[] {
    return this.#data.points;
  }

  /** Where a point is in the viewport. */
  async getSpot(point: VisualizationPoint): Promise<Point> {
    const box = await this.#browser.evaluate(getBox, MAP);
    const { x, y } = toMapSpot(point, box);
    return { x: box.x + x, y: box.y + y };
  }

  /** How far a point on the screen is from the color that the API gives its video, of 255. */
  async getColorError(point: VisualizationPoint): Promise<number> {
    const { x, y } = await this.getSpot(point);
    const picture = await this.#browser.screenshot();
    const [red = 0, green = 0, blue = 0] = await this.#browser.evaluate(readPixel, picture, x, y);
    const wanted = rgb(this.#data.videos[point.video_id]?.color ?? '');
    return Math.max(Math.abs(red - wanted.r), Math.abs(green - wanted.g), Math.abs(blue - wanted.b));
  }

  /** A path around the points left of the widest gap, and how many they are. */
  async getLeftHalf(): Promise<{ path: Point[]; inside: number }> {
    const { x, y, width, height } = await this.#browser.evaluate(getBox, MAP);
    const across = this.points.map((point) => x + toMapSpot(point, { width, height }).x).sort((a, b) => a - b);
    const gaps = across.slice(1).map((right, index) => {
      const left = across[index] ?? 0;
      return { inside: index + 1, middle: (left + right) / 2, width: right - left };
    });
    const { inside, middle } = gaps.reduce((widest, gap) => (gap.width > widest.width ? gap : widest));
    const path = [
      { x: x + 4, y: y + 4 },
      { x: middle, y: y + 6 },
      { x: middle, y: y + height / 2 },
      { x: middle, y: y + height - 8 },
      { x: x + 6, y: y + height - 4 },
    ];
    return { path, inside };
  }
}
