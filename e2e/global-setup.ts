import type { FullConfig } from '@playwright/test';
import { PLAIN_HTTP_HOST } from './browser.ts';
import makeDatabaseTemplate from './database-template.ts';
import { startStudio } from './studio.ts';

/** A studio of its own for each worker; addresses and keys reach the tests through the environment. */
export default async function globalSetup({ workers }: FullConfig): Promise<() => Promise<void>> {
  const removeTemplate = await makeDatabaseTemplate();
  const start = () => startStudio({ env: { STUDIO_HOSTS: PLAIN_HTTP_HOST } });
  const started = await Promise.allSettled(Array.from({ length: workers }, start));
  const studios = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const teardown = async () => {
    await Promise.all(studios.map((studio) => studio.stop()));
    await removeTemplate();
  };
  const failed = started.find((result) => result.status === 'rejected');
  if (failed) {
    await teardown();
    throw failed.reason;
  }
  for (const [index, { url, platformUrl, apiKey, dataDir }] of studios.entries()) {
    process.env[`STUDIO_${index}`] = JSON.stringify({ url, platformUrl, apiKey, dataDir });
  }
  return teardown;
}
