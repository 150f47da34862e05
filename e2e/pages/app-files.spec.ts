import { brotliDecompressSync } from 'node:zlib';
import { expect, test } from './studio-test.ts';

test('scripts and styles come compressed, are kept by the browser, and are the same bytes', async ({
  page,
  baseURL,
  request,
}) => {
  const encodings = new Map<string, string | undefined>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (/\.(js|css)$/.test(pathname)) encodings.set(pathname, response.headers()['content-encoding']);
  });
  await page.goto('/library');
  await expect(page.getByRole('heading', { name: /^Library/ })).toBeVisible();
  const [script] = [...encodings.keys()].filter((address) => /assets\/index-.*\.js$/.test(address));
  expect(script).toBeDefined();
  expect(encodings.get(script ?? '')).toMatch(/^(br|gzip)$/);

  const plain = await request.get(`${baseURL}${script}`, { headers: { 'accept-encoding': 'identity' } });
  expect(plain.headers()['content-encoding']).toBeUndefined();
  expect(plain.headers()['cache-control']).toContain('immutable');
  expect(plain.headers().vary).toContain('accept-encoding');
  const twin = await request.get(`${baseURL}${script}.br`);
  expect(brotliDecompressSync(await twin.body())).toEqual(await plain.body());
});
