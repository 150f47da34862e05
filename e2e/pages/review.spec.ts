import { SCENE_SECONDS } from '../clips/timecode.ts';
import { seriousProblems } from './axe.ts';
import { hits, SEARCHED_SECONDS, searchAndList, searchedClip } from './search-driver.ts';
import { expect, test } from './studio-test.ts';

/** Working through results: verdicts, and two of them side by side. */

let videoId: string;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  videoId = await searchedClip();
});

test('results are kept, rejected and reviewed with one key, listed by that, and it stays after a reload', async ({
  page,
}) => {
  await page.goto(`/search?in=${videoId}`);
  await searchAndList(page, 'green');
  await page.getByRole('button', { name: /weaker match/ }).click();
  const rows = page.locator('[data-result]');
  await hits(page).first().focus();
  await page.keyboard.press('y');
  await expect(rows.first()).toHaveAttribute('data-verdict', 'kept');
  await expect(rows.first()).toContainText('Kept');
  await hits(page).nth(1).focus();
  await page.keyboard.press('x');
  await expect(rows.nth(1)).toHaveAttribute('data-verdict', 'rejected');
  await hits(page).nth(2).press('Enter');
  const reviewed = page.getByRole('button', { name: 'Mark as reviewed' });
  await reviewed.click();
  await expect(reviewed).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('status', { name: 'Result' })).toContainText('reviewed');
  expect(await seriousProblems(page)).toEqual([]);

  const filter = page.getByRole('combobox', { name: 'Show results by verdict' });
  const shown = async (option: string, verdicts: (string | null)[]) => {
    await filter.click();
    await page.getByRole('option', { name: option }).click();
    await expect(rows).toHaveCount(verdicts.length);
    expect(await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-verdict')))).toEqual(verdicts);
  };
  await page.reload();
  await page.getByRole('button', { name: /Search for “green”/ }).click();
  await page.getByRole('button', { name: /weaker match/ }).click();
  await expect(rows.first()).toHaveAttribute('data-verdict', 'kept');
  await shown('Kept', ['kept']);
  await expect(page).toHaveURL(/show=kept/);
  await shown('All', ['kept', 'rejected', 'reviewed', ...Array(SEARCHED_SECONDS / SCENE_SECONDS - 3).fill(null)]);

  // The same key takes a verdict back.
  await hits(page).first().focus();
  await page.keyboard.press('y');
  await expect(rows.first()).not.toHaveAttribute('data-verdict');
});

test('two results stand side by side, and the second follows the first', async ({ page, probe }) => {
  await page.goto(`/search?in=${videoId}`);
  await searchAndList(page, 'green');
  await page.getByRole('button', { name: /weaker match/ }).click();
  await hits(page).first().press('Enter');
  await expect(hits(page).first()).toHaveAttribute('aria-current', 'true');
  await expect.poll(() => probe.isPlaying()).toBe(false);
  await page.keyboard.press('b');
  const compared = page.getByRole('region', { name: /^Compared/ });
  const comparedTime = () => compared.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime);
  await expect.poll(comparedTime).toBeCloseTo(SCENE_SECONDS, 1);

  // The next result plays from its start, and the first plays along from its own.
  await page.keyboard.press('n');
  const start = Number(await hits(page).nth(1).getAttribute('data-start'));
  await expect(page.getByRole('button', { name: 'Unlink playback' })).toBeVisible();
  const main = page.locator('[data-player-stage] video');
  const mainTime = () => main.evaluate((video: HTMLVideoElement) => video.currentTime);
  await expect.poll(mainTime).toBeGreaterThan(start + 1);
  await expect.poll(comparedTime).toBeGreaterThan(SCENE_SECONDS + 0.9);
  await page.keyboard.press('k');
  await expect
    .poll(async () => Math.abs((await mainTime()) - start - ((await comparedTime()) - SCENE_SECONDS)))
    .toBeLessThan(0.02);
  // By single frames, too.
  const before = await comparedTime();
  await page.keyboard.press('.');
  await expect.poll(comparedTime).toBeCloseTo(before + 0.04, 2);
  expect(await seriousProblems(page)).toEqual([]);

  await page.keyboard.press('Shift+B');
  await page.keyboard.press('.');
  await page.keyboard.press('.');
  await expect.poll(mainTime).toBeGreaterThan(start + 1);
  await expect.poll(comparedTime).toBeCloseTo(before + 0.04, 2);
  await page.keyboard.press('b');
  await expect(compared).toBeHidden();
});
