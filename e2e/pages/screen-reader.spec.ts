import { processedClip } from '../clips/processed-clip.ts';
import { expect, platform, test } from './studio-test.ts';

/** The main journey as a screen reader has it: roles, names, and what is said without being asked for. */

let videoId: string;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  videoId = (await processedClip(platform())).video_id;
});

test('the library is a grid of videos, each with a checkbox, a link and a menu', async ({ page }) => {
  await page.goto('/library');
  await expect(page.getByRole('gridcell', { name: 'A clip for tests' })).toBeVisible();
  await expect(page.locator('body')).toMatchAriaSnapshot(`
    - button "Skip to content"
    - banner:
      - search:
        - textbox "Search all videos (1 credit)"
    - navigation "Pages":
      - link "Library"
      - link "Upload"
    - main:
      - heading /Library · \\d+ videos?/ [level=1]
      - link "Upload"
      - grid "Videos":
        - row:
          - gridcell "A clip for tests":
            - checkbox "Select A clip for tests"
            - link "A clip for tests"
            - button "Actions for A clip for tests"
  `);
});

test('a video has a player, segments in a list and a chat whose answer is told', async ({ page }) => {
  await page.goto(`/videos/${videoId}`);
  await expect(page.getByRole('list', { name: /segments$/ })).toBeVisible();
  await expect(page.locator('main')).toMatchAriaSnapshot(`
    - heading "A clip for tests" [level=1]
    - region "Player":
      - button "Play"
      - textbox "Current time": "00:00:00.000"
      - button "Mute"
      - button "Full screen"
    - slider "Playhead"
    - tablist:
      - tab "Segments" [selected]
      - tab "Search"
      - tab "Markers"
    - tabpanel "Segments":
      - textbox "Filter segments"
      - list "3 segments":
        - listitem:
          - button /^0:00–0:04/
    - region "Chat":
      - textbox "Question (1 credit)"
      - button "Ask" [disabled]
  `);
  const chat = page.getByRole('region', { name: 'Chat' });
  await page.getByLabel('Question (1 credit)').fill('What is green?');
  await page.keyboard.press('Enter');
  await expect(chat.getByText('No language model is configured')).toBeVisible();
  // Told once the answer is whole, not word by word.
  const live = chat.locator('[aria-live="polite"]');
  await expect(live).toHaveAttribute('aria-busy', 'false');
  await expect(live.getByRole('article')).toContainText('What is green?');
  await page.keyboard.press('Tab');
  await expect(page.locator(':focus')).toHaveAccessibleName(/.+/);
});

test('a search tells how much it found, and its results are a list', async ({ page }) => {
  await page.goto(`/search?in=${videoId}`);
  const told = page.getByRole('main').getByRole('status').first();
  await expect(told).toBeAttached();
  await page.getByLabel('Search for').fill('green');
  await page.keyboard.press('Enter');
  await expect(told).toHaveText(/^\d+ close match(es)?$/);
  await expect(page.getByRole('list', { name: 'Results' }).first()).toMatchAriaSnapshot(`
    - list "Results":
      - listitem:
        - button /^A clip for tests/
        - link "Open A clip for tests at this segment"
  `);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status', { name: 'Result', exact: true })).toHaveText(/^1 of \d+/);
  await page.keyboard.press('y');
  await expect(page.getByRole('status', { name: 'Result', exact: true })).toHaveText(/^1 of \d+, kept$/);
});
