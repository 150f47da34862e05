import { writeFileSync } from 'node:fs';
import { startStudio } from './e2e/studio.ts';

const s = await startStudio({ dataDir: process.argv[2], env: { PORT: '8090', PLATFORM_PORT: '8091' } });
console.log('ready', s.url, s.apiKey);
process.on('SIGTERM', async () => {
  await s.stop();
  process.exit(0);
});
