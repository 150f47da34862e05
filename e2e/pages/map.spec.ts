import { readFile } from 'node:fs/promises';
import type { VisualizationPoint } from '../../src/api/contracts/search.ts';
import { readSegmentTimes } from '../../src/api/segment-fields.ts';
import { plural } from '../../src/lib/format.ts';
import { formatTimecode } from '../../src/lib/time.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { CLIP } from '../clips/timecode.ts';
import { seriousProblems } from './axe.ts';
import { mappedClips, openMap } from './mapped-clips.ts';
import { expect, plainHttpUrl, platform, quiet, test } from './studio-test.ts';

// As other machines in a local network see it.
test.use({ baseURL: plainHttpUrl() });

test.describe.configure({ mode: 'serial' });

let ids: string[] = [];
let single: string;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  ids = await mappedClips(platform());
  single = await uploadAndWait(platform(), await timecodeClip(4), 'A single segment');
  await processAndWait(platform(), single);
});

const toSeconds = (point: VisualizationPoint) => readSegmentTimes(point).start;

test('a point plays that video at that second, and the playhead moves on the map', async ({ page, probe }) => {
  const map = await openMap(page, ids);
  const playhead = page.getByTestId('playhead');
  await expect(playhead).toBeHidden();
  const [long] = ids.slice(-1);
  const point = (await map.lonely(4)).find((one) => one.video_id === long && toSeconds(one) < 30);
  if (!point) throw new Error('No point stands alone.');
  await map.map.hover({ position: await map.getSpot(point) });
  await expect(map.map.locator('figure')).toContainText('Mapped 3');
  await map.click(point);
  await expect.poll(() => probe.isPlaying()).toBe(true);
  const start = toSeconds(point);
  expect(await probe.frameNumber()).toBeLessThan((start + 4) * CLIP.rate);
  expect(await probe.frameNumber()).toBeGreaterThanOrEqual(start * CLIP.rate);

  const place = () =>
    playhead.evaluate((element) => {
      const { e, f } = new DOMMatrix(getComputedStyle(element).transform);
      return { x: e, y: f };
    });
  await expect(playhead).toBeVisible();
  const first = await place();
  await expect
    .poll(async () => Math.hypot((await place()).x - first.x, (await place()).y - first.y))
    .toBeGreaterThan(3);
  await page.keyboard.press('k');
  await probe.resting();
  // At rest it is on the way between the two segments that the second lies between.
  const own = map.points.filter((one) => one.video_id === long).sort((a, b) => toSeconds(a) - toSeconds(b));
  const time = await probe.currentTime();
  const middle = (one: VisualizationPoint) => (toSeconds(one) + readSegmentTimes(one).end) / 2;
  const after = own.findIndex((one) => middle(one) > time);
  const [from, to] = [own[Math.max(0, after - 1)], own[after]];
  if (!from || !to) throw new Error('The video has played to its end.');
  const share = from === to ? 0 : (time - middle(from)) / (middle(to) - middle(from));
  const expected = await map.getSpot({ x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) });
  await expect
    .poll(async () => Math.hypot((await place()).x - expected.x, (await place()).y - expected.y))
    .toBeLessThan(3);
});

test('a lasso selects exactly the points inside; more is added, and taken away', async ({ page }) => {
  const map = await openMap(page, ids);
  const { width } = await map.size();
  const corners = await map.leftHalf();
  await page.getByRole('button', { name: 'Lasso' }).click();
  await map.draw(corners);
  const lassoed = await map.inside(corners);
  expect(lassoed.length).toBeGreaterThan(3);
  expect(lassoed.length).toBeLessThan(map.points.length);
  const panel = page.getByRole('tabpanel', { name: /Selected/ });
  const count = (points: readonly VisualizationPoint[]) =>
    `${plural(points.length, 'segment')} of ${plural(new Set(points.map((point) => point.video_id)).size, 'video')}`;
  await expect(panel.getByRole('status')).toHaveText(count(lassoed));

  // The list, in the order of videos and time, is what the export holds.
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      await panel.getByRole('button', { name: 'Export segments' }).click();
      await page.getByRole('menuitem', { name: 'CSV' }).click();
    })(),
  ]);
  const key = (point: VisualizationPoint) => `${point.video_id} ${formatTimecode(toSeconds(point))}`;
  const rows = (await readFile(await download.path(), 'utf8')).trim().split('\r\n').slice(1);
  const exported = rows.map((row) => row.split(',')).map(([video, , start]) => `${video} ${start}`);
  expect(exported.toSorted()).toEqual(lassoed.map(key).toSorted());

  // A box with alt takes points out, one with the button adds them.
  await page.getByRole('button', { name: 'Box' }).click();
  const heights = (await Promise.all(lassoed.map((point) => map.getSpot(point))))
    .map(({ y }) => y)
    .sort((a, b) => a - b);
  const split = ((heights[0] ?? 0) + (heights.at(-1) ?? 0)) / 2;
  const upper = [
    { x: 4, y: 4 },
    { x: width - 4, y: split },
  ] as const;
  const box = [upper[0], { x: upper[1].x, y: upper[0].y }, upper[1], { x: upper[0].x, y: upper[1].y }];
  const boxed = new Set((await map.inside(box)).map(key));
  await page.keyboard.down('Alt');
  await map.draw(upper);
  await page.keyboard.up('Alt');
  const less = lassoed.filter((point) => !boxed.has(key(point)));
  await expect(panel.getByRole('status')).toHaveText(count(less));
  await page.getByRole('button', { name: 'Add to selection' }).click();
  await map.draw(upper);
  const more = map.points.filter((point) => boxed.has(key(point)) || less.includes(point));
  await expect(panel.getByRole('status')).toHaveText(count(more));

  // The URL holds it all.
  await page.reload();
  await expect(panel.getByRole('status')).toHaveText(count(more));
  await panel.getByRole('button', { name: 'Clear selection' }).click();
  await expect(page.getByRole('tab', { name: 'Selected', exact: true })).toBeVisible();
  expect(new URL(page.url()).searchParams.get('sel')).toBeNull();
});

test('selected segments play in order and become a collection', async ({ page, probe }) => {
  const map = await openMap(page, ids);
  const { width, height } = await map.size();
  await page.getByRole('button', { name: 'Box' }).click();
  await map.draw([
    { x: 2, y: 2 },
    { x: width - 2, y: height - 2 },
  ]);
  const panel = page.getByRole('tabpanel', { name: /Selected/ });
  await expect(panel.getByRole('status')).toHaveText(`${map.points.length} segments of 3 videos`);
  await panel.getByRole('button', { name: 'Play in order' }).click();
  await expect.poll(() => probe.isPlaying()).toBe(true);
  await panel.getByRole('button', { name: 'Add to collection' }).click();
  await page.getByRole('textbox', { name: 'Collection' }).fill('From the map');
  await page.getByRole('menuitem', { name: 'New collection “From the map”' }).click();
  await expect(page.getByText('3 videos added to “From the map”.')).toBeVisible();
});

test('the keyboard reaches points, says what they are, plays and selects them', async ({ page, probe }) => {
  const map = await openMap(page, ids);
  await map.map.focus();
  await page.keyboard.press('ArrowRight');
  const spoken = map.map.locator('[aria-live]');
  await expect(spoken).toHaveText(/^Mapped \d, \d:\d\d to \d:\d\d/);
  const first = await spoken.textContent();
  for (const key of ['ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown']) {
    await page.keyboard.press(key);
    if ((await spoken.textContent()) !== first) break;
  }
  await expect(spoken).not.toHaveText(first ?? '');
  const [, number, minutes, seconds] = /Mapped (\d), (\d+):(\d\d)/.exec((await spoken.textContent()) ?? '') ?? [];
  await page.keyboard.press('Enter');
  await expect.poll(() => probe.isPlaying()).toBe(true);
  const start = Number(minutes) * 60 + Number(seconds);
  const at = await probe.currentTime();
  expect(at).toBeGreaterThanOrEqual(start);
  expect(at).toBeLessThan(start + 4);

  await page.keyboard.press(' ');
  await expect(page.getByRole('tab', { name: 'Selected · 1' })).toBeVisible();
  await page.keyboard.press(' ');
  await expect(page.getByRole('tab', { name: 'Selected', exact: true })).toBeVisible();
  await page.keyboard.press('o');
  const legend = page.getByRole('list', { name: 'Videos on the map' });
  await expect(legend.getByRole('button', { pressed: true })).toHaveCount(1);
  await expect(legend.getByRole('button', { name: `Mapped ${number}`, pressed: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(spoken).toHaveText('');
  expect(await seriousProblems(page)).toEqual([]);
});

test('the URL restores camera, colors, filter and selection', async ({ page }) => {
  const map = await openMap(page, ids);
  const { left, top, width, height } = await map.size();
  const point = map.points.find((one) => one.video_id === ids[1]);
  const spot = await map.getSpot(point ?? { x: 0.5, y: 0.5 });
  await page.mouse.move(left + spot.x, top + spot.y);
  for (let turn = 0; turn < 4; turn += 1) await page.mouse.wheel(0, -200);
  await expect(page).toHaveURL(/at=/);
  await page.getByRole('radiogroup', { name: 'Color by' }).getByText('Time').click();
  await expect(page).toHaveURL(/color=time/);
  await page.getByRole('list', { name: 'Videos on the map' }).getByRole('button', { name: 'Mapped 1' }).first().click();
  await expect(page).toHaveURL(/videos=all-but/);
  await page.getByRole('button', { name: 'Box' }).click();
  await map.draw([
    { x: 2, y: 2 },
    { x: width - 2, y: height - 2 },
  ]);
  const selected = page.getByRole('tab', { name: /Selected/ });
  await expect(selected).toHaveText(/\d/);
  const label = await selected.textContent();
  const before = await map.atRest();
  const shared = page.url();

  await page.goto('/library');
  await page.goto(shared);
  await expect(map.map).toHaveAttribute('data-indexed', String(map.points.length));
  await expect(selected).toHaveText(label ?? '');
  await page.getByRole('button', { name: 'Box' }).click();
  await page.mouse.move(left + width + 20, top + height - 20);
  // Points are a pixel of their edge apart at most: the URL rounds.
  const again = async () => map.difference(await map.map.screenshot(), before);
  await expect.poll(again, 'the share of pixels that differ').toBeLessThan(0.0005);
});

test('Ctrl+Z takes selections back, Escape clears them, and the legend counts what is selected', async ({ page }) => {
  const map = await openMap(page, ids);
  const { width, height } = await map.size();
  const selected = page.getByRole('tab', { name: /Selected/ });
  await page.getByRole('button', { name: 'Box' }).click();
  const corner = [
    { x: 2, y: 2 },
    { x: width / 2, y: height - 2 },
  ];
  await map.draw(corner);
  await expect(selected).toHaveText(/\d/);
  const half = await selected.textContent();
  await page.getByRole('tab', { name: 'Colors' }).click();
  const legend = page.getByRole('list', { name: 'Videos on the map' });
  await expect(legend.getByText(/^\d+ of \d+$/).first()).toBeVisible();

  await map.draw([
    { x: 2, y: 2 },
    { x: width - 2, y: height - 2 },
  ]);
  await expect(selected).toHaveText(`Selected · ${map.points.length}`);
  await page.keyboard.press('Control+z');
  await expect(selected).toHaveText(half ?? '');
  await page.keyboard.press('Escape');
  await expect(selected).toHaveText('Selected');
  await page.getByRole('tab', { name: 'Colors' }).click();
  await expect(legend.getByText(/ of /)).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(selected).toHaveText(half ?? '');
});

test('the map takes the page until something plays, and when its side panel is hidden', async ({ page, probe }) => {
  const map = await openMap(page, ids);
  const player = page.getByRole('region', { name: 'Player' });
  await expect(player).toHaveCount(0);
  const { width } = await map.size();
  await page.getByRole('button', { name: 'Hide the side panel' }).click();
  await expect.poll(async () => (await map.size()).width).toBeGreaterThan(width + 200);
  await map.map.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(player).toBeVisible();
  await expect.poll(() => probe.isPlaying()).toBe(true);
  await page.getByRole('button', { name: 'Show the side panel' }).click();
  await expect(page.getByRole('tab', { name: 'Colors' })).toBeVisible();
  await expect.poll(() => probe.isPlaying()).toBe(true);
});

test('no segments, and a single one, explain themselves', async ({ page }) => {
  quiet(page, /status of 400/);
  await page.goto(`/map?in=${single}`);
  await expect(page.getByText('Too few segments for a map')).toBeVisible();
  const empty = await platform().collections.create('Nothing on the map');
  await page.goto(`/map?collection=${empty.collection_id}`);
  await expect(page.getByText('Too few segments for a map')).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
});

test('nearest segments are those of the vectors, and similarity to a text colors the map', async ({ page }) => {
  const paid: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/embeddings/')) paid.push(request.url());
  });
  const map = await openMap(page, ids);
  const [point] = (await map.lonely(4)).filter((one) => one.video_id === ids[1]);
  if (!point) throw new Error('No point stands alone.');
  await map.click(point);
  await page.getByRole('tab', { name: 'Nearest' }).click();
  expect(paid).toEqual([]);
  await page.getByRole('button', { name: 'Fetch the vectors of 3 videos (3 credits)' }).click();
  const rows = page.getByRole('list', { name: 'Nearest segments' }).getByRole('listitem');
  await expect(rows.first()).toBeVisible();
  expect(paid).toHaveLength(3);

  const vectors = new Map<string, number[]>();
  for (const id of ids) {
    for (const row of (await platform().embeddings.video(id)).data) vectors.set(`${id} ${row.start}`, row.embedding);
  }
  const own = vectors.get(`${point.video_id} ${point.start}`) ?? [];
  const cosines = [...vectors.values()]
    .filter((vector) => vector !== own)
    .map((vector) => vector.reduce((sum, value, at) => sum + value * (own[at] ?? 0), 0))
    .sort((a, b) => b - a);
  const shown = (await rows.getByTitle('Cosine').allTextContents()).map(Number);
  expect(shown.length).toBeGreaterThan(2);
  expect(shown).toEqual(cosines.slice(0, shown.length).map((cosine) => Number(cosine.toFixed(3))));

  await page.getByRole('tab', { name: 'Colors' }).click();
  await page.getByRole('radiogroup', { name: 'Color by' }).getByText('Similarity').click();
  const compared = page.getByRole('textbox', { name: 'Color by similarity to' });
  await compared.fill('green');
  await expect(page.getByRole('button', { name: 'Color (1 credit)' })).toBeVisible();
  await compared.press('Enter');
  const panel = page.getByRole('tabpanel', { name: 'Colors' });
  const text = (await platform().embeddings.text('green')).data[0]?.embedding ?? [];
  const toText = [...vectors.values()].map((vector) =>
    vector.reduce((sum, value, at) => sum + value * (text[at] ?? 0), 0),
  );
  await expect(panel.getByText(Math.max(...toText).toFixed(2), { exact: true })).toBeVisible();
  await expect(panel.getByText(Math.min(...toText).toFixed(2), { exact: true })).toBeVisible();
  await expect(compared).toBeFocused();
  expect(paid).toHaveLength(4);
  // A link with the text spends nothing by being opened.
  await page.reload();
  await expect(page.getByRole('button', { name: 'Color (4 credits)' })).toBeVisible();
  expect(paid).toHaveLength(4);
});
