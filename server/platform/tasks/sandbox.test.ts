import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { confine, getTools, type TaskLimits } from './sandbox.ts';

const run = promisify(execFile);
const { hasPrlimit, unshare } = await getTools();
const LIMITS: TaskLimits = { timeoutMs: 60_000, maxFileBytes: 1_000_000 };

/** Runs a script in a confined Node process; resolves to what it prints, or to how it ended. */
async function runConfined(script: string, limits = LIMITS): Promise<string> {
  const [program = '', ...args] = await confine([process.execPath, '-e', script], limits);
  const { stdout } = await run(program, args).catch((error: { signal?: string; code?: number }) => ({
    stdout: `ended with ${error.signal ?? error.code}`,
  }));
  return stdout.trim();
}

test.skipIf(!unshare)('a confined process reaches nothing, not even this machine', async () => {
  const server = createServer((socket) => socket.end('hello'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const script = `require('net').connect(${port}, '127.0.0.1').on('error', (e) => console.log(e.code)).on('connect', () => console.log('connected'))`;
  expect(await runConfined(script)).toMatch(/^(ENETUNREACH|ECONNREFUSED|EADDRNOTAVAIL)$/);
  server.close();
});

test.skipIf(!hasPrlimit)('a confined process cannot write a file without end', async () => {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'sandbox-')), 'large');
  const script = `try { require('fs').writeFileSync(${JSON.stringify(file)}, Buffer.alloc(2e6)); console.log('written') } catch (e) { console.log(e.code) }`;
  expect(await runConfined(script)).toMatch(/^(EFBIG|ended with SIGXFSZ)$/);
});

test.skipIf(!hasPrlimit)('a confined process cannot run without end', async () => {
  expect(await runConfined('for (;;);', { ...LIMITS, timeoutMs: 125 })).toMatch(/^ended with (SIGXCPU|SIGKILL)$/);
});

test('within its limits a confined process works as any other', async () => {
  expect(await runConfined('console.log(6 * 7)')).toBe('42');
});
