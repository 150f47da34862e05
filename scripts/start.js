// npm start: installs what is missing, builds, starts everything, and says where it is.
import { ensureBuilt } from './build.js';
import { ensureInstalled } from './install.js';
import { runStudio } from './run-studio.js';

ensureInstalled();
ensureBuilt();
try {
  const studio = await runStudio();
  console.log(`Mikshi Studio is ready at ${studio.url}`);
  let isStopping = false;
  const stop = async () => {
    if (isStopping) return;
    isStopping = true;
    await studio.stop();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  console.error(`${await studio.failed} Stopping the rest.`);
  await studio.stop();
  process.exit(1);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
