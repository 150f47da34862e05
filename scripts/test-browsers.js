// npm run test:browsers: the main journey in Firefox and WebKit. Installs what is missing where that is possible (root on
// Debian), and says which browser is skipped and why where it is not. Ends everything that the tests have started.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './install.js';
import { whyNot } from './services/services.js';

const INSTALL_LIMIT_MS = 240_000;

/** What each browser needs: its programs, and the Debian packages that they and the codecs come from. */
const BROWSERS = [
  {
    name: 'Firefox',
    programs: ['firefox-esr', 'Xvfb'],
    packages: ['firefox-esr', 'xvfb'],
  },
  {
    name: 'WebKit',
    programs: ['WebKitWebDriver', 'Xvfb'],
    packages: [
      'webkit2gtk-driver',
      'gstreamer1.0-libav',
      'gstreamer1.0-plugins-good',
      'gstreamer1.0-plugins-bad',
      'xvfb',
    ],
  },
];

/** @param {string} program */
const isOnPath = (program) =>
  (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, program)));

/** @param {string} name */
const isInstalled = (name) =>
  spawnSync('dpkg', ['-s', name], { encoding: 'utf8' }).stdout.includes('Status: install ok installed');

/**
 * Makes a browser available. Returns why it is not; null when it is.
 * @param {(typeof BROWSERS)[number]} browser
 */
function prepare({ name, programs, packages }) {
  const reason = whyNot();
  // It may have been installed in another way.
  if (reason) return programs.every(isOnPath) ? null : `${programs.join(' or ')} is not on the PATH, and ${reason}`;
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return null;
  console.log(`Installing ${name} (${missing.join(', ')}) …`);
  const script = path.join(ROOT, 'scripts', 'services', 'browsers.sh');
  const { status, stderr, stdout } = spawnSync('bash', [script, ...missing], {
    encoding: 'utf8',
    timeout: INSTALL_LIMIT_MS,
  });
  return status === 0 ? null : `it could not be installed:\n${`${stdout}${stderr}`.slice(-1000)}`;
}

const available = BROWSERS.filter((browser) => {
  const reason = prepare(browser);
  if (reason) console.log(`Skipped: ${browser.name}, since ${reason}`);
  return reason === null;
});
// No mirror, no network: the tests cannot be run here, which is no fault of the studio.
if (available.length === 0) process.exit(0);

const vitest = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
// A process group of its own, which displays, drivers and browsers stay in: it is ended as a whole, however the tests end.
const tests = spawn(process.execPath, [vitest, 'run', '--project', 'browsers', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: ['ignore', 'inherit', 'inherit'],
  detached: true,
  env: { ...process.env, TEST_BROWSERS: available.map(({ name }) => name).join(',') },
});
/** @param {NodeJS.Signals} signal */
function stopTests(signal) {
  try {
    if (tests.pid) process.kill(-tests.pid, signal);
  } catch {
    // Nothing of it is left.
  }
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => stopTests('SIGKILL'));
const code = await new Promise((resolve) => tests.once('exit', resolve));
stopTests('SIGKILL');
process.exit(code ?? 1);
