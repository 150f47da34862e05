import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runStudio } from '../scripts/run-studio.js';
import { copyDatabaseTemplate } from './database-template.ts';

export interface Studio {
  /** The gateway's address. */
  readonly url: string;
  readonly platformUrl: string;
  readonly apiKey: string;
  readonly dataDir: string;
  /** Resolves to the reason when a program crashes again and again, and is not started any more. */
  readonly failed: Promise<string>;
  /** Process ids now: platform, gateway. One that crashes is started again as another process. */
  pids(): readonly number[];
  stop(): Promise<void>;
  /** Ends both programs the hard way (kill -9) and keeps the data. */
  kill(): Promise<void>;
}

/** A whole studio on free ports, with data of its own unless `dataDir` names some. */
export async function startStudio(options: { dataDir?: string; env?: NodeJS.ProcessEnv } = {}): Promise<Studio> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'mikshi-studio-')));
  await copyDatabaseTemplate(dataDir);
  const running = await runStudio({
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    DATA_DIR: dataDir,
    PORT: '0',
    PLATFORM_PORT: '0',
    ...options.env,
  });
  return {
    url: running.url,
    platformUrl: `http://127.0.0.1:${running.platformPort}`,
    apiKey: options.env?.MIKSHI_API_KEY ?? (await readFile(path.join(dataDir, 'api-key'), 'utf8')).trim(),
    dataDir,
    failed: running.failed,
    pids: () => running.pids().filter((pid) => pid !== undefined),
    stop: async () => {
      await running.stop();
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
    },
    kill: () => running.stop('SIGKILL'),
  };
}
