import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureServerBuilt } from '../../scripts/build.js';
import { type Client, createClient } from '../../src/api/client.ts';
import { copyDatabaseTemplate } from '../database-template.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HOOK = fileURLToPath(new URL('./hook.js', import.meta.url));
const START_LIMIT_MS = 60_000;

/** An embedded platform alone, that can be told to crash after so many changes. */
export class PlatformProcess {
  readonly #child: ChildProcess;
  readonly url: string;
  readonly apiKey: string;
  readonly ended: Promise<unknown>;
  /** What it said on its standard error. */
  readonly complaints: () => string;

  private constructor(child: ChildProcess, url: string, apiKey: string, complaints: () => string) {
    this.#child = child;
    this.url = url;
    this.apiKey = apiKey;
    this.ended = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve();
    this.complaints = complaints;
  }

  static async start(dataDir: string): Promise<PlatformProcess> {
    ensureServerBuilt();
    await copyDatabaseTemplate(dataDir);
    const child = spawn(process.execPath, ['--import', HOOK, 'dist-server/platform.js'], {
      cwd: ROOT,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: dataDir, PLATFORM_PORT: '0' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let complaints = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaints += text;
    });
    const port = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const match = /^platform ready (\d+)$/m.exec(said);
        if (match?.[1]) resolve(match[1]);
      });
      child.once('exit', () => reject(new Error(`The platform did not start: ${complaints}`)));
      setTimeout(() => reject(new Error('The platform did not start in time.')), START_LIMIT_MS).unref();
    });
    const apiKey = (await readFile(path.join(dataDir, 'api-key'), 'utf8')).trim();
    return new PlatformProcess(child, `http://127.0.0.1:${port}`, apiKey, () => complaints);
  }

  get client(): Client {
    return createClient({ baseUrl: this.url, apiKey: this.apiKey, retries: 0 });
  }

  async #ask(message: object): Promise<Record<string, unknown>> {
    this.#child.send(message);
    const [answer] = await once(this.#child, 'message');
    return answer;
  }

  /** Has it crash right after the n-th change from now on, or has that change report an error; by default, count only. */
  async arm(fault: { readonly crashAfter?: number; readonly failAt?: number } = {}): Promise<void> {
    await this.#ask(fault);
  }

  /** Changes since it was armed. */
  async countChanges(): Promise<number> {
    return Number((await this.#ask({ isReport: true })).changes);
  }

  /** Stages of videos that are yet to end, also those that nobody waits for: checks of copies. */
  async countUnfinishedStages(): Promise<number> {
    const metrics = await (await fetch(`${this.url}/metrics`)).text();
    const counts = metrics.matchAll(/^studio_stages\{.*status="(?:pending|in_progress)".*\} (\d+)$/gm);
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.#child.kill(signal);
    await this.ended;
  }
}
