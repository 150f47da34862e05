import { timecodeClip } from '../clips/make-clip.ts';
import { startStudio } from '../studio.ts';
import { expect, test } from './studio-test.ts';
import { UploadDriver } from './upload-driver.ts';

const PASSWORD = 'correct horse battery';

test('whoever signs out on a shared machine leaves nothing behind, in any tab', async ({ browser }) => {
  const studio = await startStudio({ env: { STUDIO_PASSWORD: PASSWORD } });
  const context = await browser.newContext();
  const page = await context.newPage();
  try {
    await page.goto(`${studio.url}/upload`);
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    const upload = new UploadDriver(page);
    await upload.pick(await timecodeClip(4));
    await page.keyboard.press('/');
    await page.keyboard.type('a private question');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/search/);
    const other = await context.newPage();
    await other.goto(`${studio.url}/upload`);
    await expect(other.getByRole('button', { name: /^Upload 1 video/ })).toBeVisible();

    await page.goto(`${studio.url}/settings`);
    await expect(page.getByRole('region', { name: 'Stored in this browser' })).toContainText('1 file');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
    await expect(other.getByLabel('Password', { exact: true })).toBeVisible();

    const left = await page.evaluate(async () => {
      const records: unknown[] = [];
      for (const { name } of await indexedDB.databases()) {
        const database = await new Promise<IDBDatabase>((resolve) => {
          const request = indexedDB.open(name ?? '');
          request.onsuccess = () => resolve(request.result);
        });
        for (const store of database.objectStoreNames) {
          const request = database.transaction(store).objectStore(store).getAll();
          await new Promise((resolve) => {
            request.onsuccess = resolve;
          });
          records.push(...request.result);
        }
      }
      return { records, storage: JSON.stringify({ ...localStorage }) };
    });
    expect(left.records).toEqual([]);
    expect(left.storage).not.toContain('private');

    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation', { name: 'Pages' }).first().getByRole('link', { name: 'Search' }).click();
    await expect(page.getByText('a private question')).toHaveCount(0);
  } finally {
    await context.close();
    await studio.stop();
  }
});
