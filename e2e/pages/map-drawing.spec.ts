import { readFile } from 'node:fs/promises';
import { mappedClips, openMap } from './mapped-clips.ts';
import { expect, platform, test } from './studio-test.ts';

/** What the map's pixels show, whoever draws them. */

/** A normal point lets a little of the background through. */
const TRANSLUCENT = 30;

let ids: string[] = [];
test.beforeAll(async () => {
  test.setTimeout(300_000);
  ids = await mappedClips(platform());
});

test('each point has the color that the API gives its video', async ({ page }) => {
  const whole = await openMap(page, ids);
  for (const id of ids) {
    const { point, distance } = await whole.loneliest(id);
    const zoom = Math.max(1, Math.ceil(14 / distance));
    const map = await openMap(page, ids, `&at=${point.x.toFixed(4)},${point.y.toFixed(4)},${zoom}`);
    await expect(map.map).toHaveAttribute('data-renderer', 'webgl');
    await expect.poll(() => map.colorError(point), `the color at ${point.segment_id}`).toBeLessThan(TRANSLUCENT);
  }
});

test('a lost WebGL context is drawn in another way, and taken back', async ({ page }) => {
  const map = await openMap(page, ids);
  const { point } = await map.loneliest(...ids);
  await page.evaluate(() => {
    const gl = document.querySelector('canvas')?.getContext('webgl2');
    const loss = gl?.getExtension('WEBGL_lose_context');
    Object.assign(window, { loss });
    loss?.loseContext();
  });
  await expect(map.map).toHaveAttribute('data-renderer', 'canvas');
  await expect.poll(() => map.colorError(point), 'drawn on Canvas 2D').toBeLessThan(TRANSLUCENT);
  await page.evaluate(() => (window as unknown as { loss: WEBGL_lose_context }).loss.restoreContext());
  await expect(map.map).toHaveAttribute('data-renderer', 'webgl');
  await expect.poll(() => map.colorError(point), 'drawn by WebGL again').toBeLessThan(TRANSLUCENT);
});

test('without WebGL2 the map is there all the same', async ({ page }) => {
  await page.addInitScript(() => {
    const get = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
      return kind === 'webgl2' ? null : Reflect.apply(get, this, [kind, ...rest]);
    } as typeof get;
  });
  const map = await openMap(page, ids);
  await expect(map.map).toHaveAttribute('data-renderer', 'canvas');
  const { point } = await map.loneliest(...ids);
  await expect.poll(() => map.colorError(point)).toBeLessThan(TRANSLUCENT);
});

test('the map is taken along as a picture, as a drawing and as code', async ({ page }) => {
  const map = await openMap(page, ids);
  const download = async (name: string) => {
    await page.getByRole('button', { name: 'Export map' }).click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name }).click()]);
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  };
  const svg = await download('SVG');
  expect(svg.name).toBe('map.svg');
  expect(svg.bytes.toString().match(/<circle/g)).toHaveLength(map.points.length);
  const png = await download('PNG');
  expect(png.name).toBe('map.png');
  const { width, height } = await map.size();
  expect([png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)]).toEqual([Math.round(width), Math.round(height)]);
  const colors = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    return new Set(new Uint32Array(context?.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer ?? [])).size;
  }, png.bytes.toString('base64'));
  expect(colors, 'colors in the picture').toBeGreaterThan(ids.length);

  await page.getByRole('button', { name: 'Show as code' }).click();
  const code = page.getByRole('dialog', { name: 'This map as code' });
  await expect(code.getByRole('tabpanel', { name: 'curl' })).toContainText('/visualize');
  await expect(code.getByRole('region', { name: 'Answer' })).toContainText(ids[0] ?? '');
});
