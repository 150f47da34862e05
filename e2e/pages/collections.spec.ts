import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, processedClip, uploadAndWait } from '../clips/processed-clip.ts';
import { seriousProblems } from './axe.ts';
import { expect, plainHttpUrl, platform, quiet, test } from './studio-test.ts';
import { UploadDriver } from './upload-driver.ts';

// As other machines in a local network see it.
test.use({ baseURL: plainHttpUrl() });

const COLLECTION = 'Evidence';

/** Each step stands on the one before. */
test.describe.configure({ mode: 'serial' });

async function collectionNamed(name: string) {
  const { data } = await platform().collections.list({ pageSize: 100 });
  return data.find((collection) => collection.name === name);
}

async function namesIn(name: string): Promise<string[]> {
  const collection = await collectionNamed(name);
  if (!collection) return [];
  const { data } = await platform().collections.listVideos(collection.collection_id, { pageSize: 100 });
  return data.map((video) => video.name).sort();
}

test.beforeAll(async () => {
  test.setTimeout(300_000);
  await processedClip(platform());
  const second = await uploadAndWait(platform(), await timecodeClip(4), 'Second for collections');
  await processAndWait(platform(), second);
  await uploadAndWait(platform(), await timecodeClip(4), 'Not processed yet');
});

test('a collection is made by keyboard alone, and a name that is taken leads to the one that has it', async ({
  page,
}) => {
  quiet(page, /409/);
  await page.goto('/collections');
  await page.getByRole('button', { name: 'New collection' }).first().press('Enter');
  await expect(page.getByLabel('Name of the new collection')).toBeFocused();
  await page.keyboard.type(COLLECTION);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Name of the collection')).toHaveValue(COLLECTION);
  expect(await seriousProblems(page)).toEqual([]);

  await page.goto('/collections');
  expect(await seriousProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'New collection' }).first().press('Enter');
  await expect(page.getByLabel('Name of the new collection')).toBeFocused();
  await page.keyboard.type(COLLECTION);
  await page.keyboard.press('Enter');
  await expect(page.getByText(`There is already a collection named “${COLLECTION}”.`)).toBeVisible();
  await page.getByRole('link', { name: 'Open it' }).press('Enter');
  await expect(page.getByLabel('Name of the collection')).toHaveValue(COLLECTION);
});

test('only processed videos can be added; the others say what they lack', async ({ page }) => {
  await page.goto('/collections');
  await page.getByRole('list', { name: 'Collections' }).getByRole('link', { name: COLLECTION }).click();
  await page.getByRole('button', { name: 'Add videos' }).first().click();
  const adder = page.getByRole('dialog', { name: `Add videos to “${COLLECTION}”` });
  await expect(adder.getByRole('listitem').filter({ hasText: 'Not processed yet' })).toContainText(
    'Cannot be added yet: not analyzed',
  );
  await expect(adder.getByRole('button', { name: 'Process Not processed yet' })).toBeVisible();
  expect(await seriousProblems(page)).toEqual([]);
  // With shift, all from the one pressed before; the first box selects all that are ready, and none again.
  await adder.getByLabel('A clip for tests').click();
  await adder.getByLabel('Second for collections').click({ modifiers: ['Shift'] });
  await expect(adder.getByRole('button', { name: 'Add 2 videos' })).toBeVisible();
  await adder.getByLabel(/^Select all/).click();
  await expect(adder.getByRole('button', { name: 'Add videos' })).toBeDisabled();
  await adder.getByLabel(/^Select all/).click();
  await adder.getByRole('button', { name: 'Add 2 videos' }).click();
  await expect(page.getByRole('gridcell', { name: 'Second for collections' })).toBeVisible();
  expect(await namesIn(COLLECTION)).toEqual(['A clip for tests', 'Second for collections']);
});

test('removing a video from the collection can be undone', async ({ page }) => {
  const { collection_id } = (await collectionNamed(COLLECTION)) ?? {};
  await page.goto(`/collections/${collection_id}`);
  const cell = page.getByRole('gridcell', { name: 'Second for collections' });
  await cell.getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Remove from collection' }).click();
  await expect(cell).toBeHidden();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(cell).toBeVisible();
  await cell.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Delete');
  await expect.poll(() => namesIn(COLLECTION), { timeout: 30_000 }).toEqual(['A clip for tests']);
});

test('videos are dragged from the library onto a collection', async ({ page }) => {
  await page.goto('/library?name=Second+for');
  const cell = page.getByRole('gridcell', { name: 'Second for collections' });
  await cell.hover();
  await page.mouse.down();
  await page.mouse.move(600, 500, { steps: 5 });
  const dock = page.getByLabel('Drop on a collection');
  await expect(dock).toBeVisible();
  await dock.getByText(COLLECTION).hover();
  await page.mouse.up();
  await expect.poll(() => namesIn(COLLECTION)).toEqual(['A clip for tests', 'Second for collections']);
});

test('it is searched, mapped and uploaded into as a whole', async ({ page }) => {
  const { collection_id } = (await collectionNamed(COLLECTION)) ?? {};
  await page.goto(`/collections/${collection_id}`);
  await page.getByRole('link', { name: 'Map' }).last().click();
  await expect(page.getByRole('heading', { name: /^Map · \d+ segments/ })).toBeVisible({ timeout: 60_000 });
  await page.goBack();
  await page.getByRole('link', { name: 'Search' }).last().click();
  await expect(page).toHaveURL(new RegExp(`collection=${collection_id}`));
  await page.getByLabel('Search for').fill('something red');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('hits').getByRole('button').first()).toBeVisible();

  await page.goto(`/collections/${collection_id}`);
  await page.getByRole('button', { name: `Actions for ${COLLECTION}` }).click();
  await page.getByRole('menuitem', { name: 'Upload to collection' }).click();
  await new UploadDriver(page).pick(await timecodeClip(4));
  await expect(page.getByRole('combobox', { name: 'Add to a collection' })).toHaveValue(COLLECTION);
});

test('two tabs that change the same collection agree', async ({ page, context }) => {
  const { collection_id } = (await collectionNamed(COLLECTION)) ?? {};
  const other = await context.newPage();
  await page.goto(`/collections/${collection_id}`);
  await other.goto(`/collections/${collection_id}`);
  await page.getByLabel('Name of the collection').fill('Evidence, first day');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await collectionNamed('Evidence, first day'))?.collection_id).toBe(collection_id);
  await other.getByLabel('Description of the collection').fill('What the cameras saw.');
  await other.keyboard.press('Enter');
  await expect
    .poll(async () => (await collectionNamed('Evidence, first day'))?.description)
    .toBe('What the cameras saw.');
  await other.reload();
  await page.reload();
  for (const tab of [page, other]) {
    await expect(tab.getByLabel('Name of the collection')).toHaveValue('Evidence, first day');
    await expect(tab.getByLabel('Description of the collection')).toHaveValue('What the cameras saw.');
  }
});

test('deleting it keeps its videos', async ({ page }) => {
  await page.goto('/collections');
  await page.getByRole('button', { name: 'Actions for Evidence, first day' }).click();
  await page.getByRole('menuitem', { name: 'Delete …' }).click();
  await page.getByRole('button', { name: 'Delete the collection' }).click();
  await expect.poll(() => collectionNamed('Evidence, first day'), { timeout: 30_000 }).toBeUndefined();
  const names = (await platform().videos.list({ limit: 500 })).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['A clip for tests', 'Second for collections']));
});
