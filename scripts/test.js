// npm test: lint, types, dead code, units, build, contract, and the browser. Stops at the first that fails.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureBuilt } from './build.js';
import { ensureInstalled, ROOT } from './install.js';

const bin = (...parts) => path.join(ROOT, 'node_modules', ...parts);

function step(title, script, ...args) {
  console.log(`\n› ${title}`);
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: ROOT, stdio: 'inherit' });
  if (status === 0) return;
  console.error(`\n${title} failed.`);
  process.exit(status ?? 1);
}

ensureInstalled();
step('Lint and layers', bin('@biomejs', 'biome', 'bin', 'biome'), 'check', '.');
step('Types', bin('typescript', 'bin', 'tsc'), '--noEmit');
step('Dead code', bin('knip', 'bin', 'knip.js'));
step('Units', bin('vitest', 'vitest.mjs'), 'run', '--project', 'unit', '--maxWorkers=2');
ensureBuilt();
step('First load', path.join(ROOT, 'scripts', 'first-load.js'));
step('Browsers of the last two years', path.join(ROOT, 'scripts', 'compatibility.js'));
// Each file runs a studio of its own, and waits for it much of the time: two at once make use of both.
step('Contract', bin('vitest', 'vitest.mjs'), 'run', '--project', 'contract', '--maxWorkers=2');
step('Browser', bin('@playwright', 'test', 'cli.js'), 'test', '--project=pages');
step('Browser, by the frame', bin('@playwright', 'test', 'cli.js'), 'test', '--project=timed');
