import { PLAIN_HTTP_HOST } from './browser.ts';
import makeDatabaseTemplate from './database-template.ts';
import { startStudio } from './studio.ts';

/** One studio for all pages; its address and key reach the tests through the environment. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const removeTemplate = await makeDatabaseTemplate();
  const studio = await startStudio({ env: { STUDIO_HOSTS: PLAIN_HTTP_HOST } });
  process.env.STUDIO_URL = studio.url;
  process.env.STUDIO_PLATFORM_URL = studio.platformUrl;
  process.env.STUDIO_API_KEY = studio.apiKey;
  process.env.STUDIO_DATA_DIR = studio.dataDir;
  return async () => {
    await studio.stop();
    await removeTemplate();
  };
}
