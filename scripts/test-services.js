// npm run test:services, npm run test:cluster: the tests that need a real Postgres with pgvector and a real S3 store. Uses
// TEST_DATABASE_URL and TEST_S3_URL (http://<key>:<secret>@<host>) where they are set; otherwise installs what is missing into a
// folder of its own, and says so when that is not possible.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './install.js';
import { startPostgres, startS3, whyNot } from './services/services.js';

const [project = 'services', ...rest] = process.argv.slice(2);

/** @type {{ stop: () => unknown }[]} */
const started = [];

/**
 * The address of a service: the one that is set, or that of one that is started now.
 * @param {string} variable
 * @param {() => Promise<{ url: string, stop: () => unknown }>} start
 */
async function getUrl(variable, start) {
  const given = process.env[variable];
  if (given) return given;
  const reason = whyNot();
  if (reason) throw new Error(`${variable} is not set, and ${reason}.`);
  const service = await start();
  started.push(service);
  return service.url;
}

try {
  const [TEST_DATABASE_URL, TEST_S3_URL] = await Promise.all([
    getUrl('TEST_DATABASE_URL', startPostgres),
    getUrl('TEST_S3_URL', startS3),
  ]);
  const vitest = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', project, ...rest], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, TEST_DATABASE_URL, TEST_S3_URL },
  });
  process.exitCode = status ?? 1;
} catch (error) {
  // No mirror, no network: the tests cannot be run here, which is no fault of the studio.
  console.log(`Skipped: ${error instanceof Error ? error.message : error}`);
}
for (const service of started) await service.stop();
process.exit();
