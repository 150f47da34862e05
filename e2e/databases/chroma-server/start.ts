import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const BINDING = path.join(
  HERE,
  'node_modules/chromadb-js-bindings-linux-x64-gnu/chromadb-js-bindings.linux-x64-gnu.node',
);
const START_LIMIT_MS = 60_000;

/** Whether the server's build is for this machine. */
export const chromaRuns = process.platform === 'linux' && process.arch === 'x64';

/** A port that was free a moment ago: the server does not say which one it took. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}

/**
 * The real Chroma server, out of its npm package, on a free port with a folder of its own. It has a lock file of its own:
 * 400 MB that only these tests need.
 */
export async function startChroma() {
  await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: HERE,
  });
  const folder = await mkdtemp(path.join(tmpdir(), 'mikshi-chroma-'));
  const port = await freePort();
  const code = `require(${JSON.stringify(BINDING)}).cli(${JSON.stringify(['chroma', 'run', '--path', folder, '--host', '127.0.0.1', '--port', String(port)])})`;
  const child = spawn(process.execPath, ['-e', code], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = `http://127.0.0.1:${port}`;
  const limit = Date.now() + START_LIMIT_MS;
  for (;;) {
    const isUp = await fetch(`${url}/api/v2/heartbeat`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) break;
    if (child.exitCode !== null || Date.now() > limit) throw new Error('Chroma does not start.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
