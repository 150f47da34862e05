import { mkdir } from 'node:fs/promises';
import { languageModel } from './answers/language-model.ts';
import { buildApp } from './app.ts';
import { type PlatformConfig, readConfig } from './config.ts';
import type { Platform } from './context.ts';
import { holdDataDir } from './data-dir.ts';
import { openDatabase } from './db/database.ts';
import { DISK_FULL, isDiskFull } from './disk-full.ts';
import { claimIndex } from './embed/claim-index.ts';
import type { Embedder } from './embed/embedder.ts';
import { LocalEmbedder } from './embed/local-embedder.ts';
import { WordNet } from './embed/wordnet.ts';
import { JobQueue } from './jobs/queue.ts';
import { MapMaker } from './map/map-maker.ts';
import { Layout } from './objects/layout.ts';
import { UrlSigner } from './objects/signing.ts';
import { sweepOrphans } from './objects/sweep.ts';
import { resumeStages, runStage } from './pipelines/run-stage.ts';
import { RunningStages } from './pipelines/running.ts';
import { loadSecrets } from './secrets.ts';

async function loadEmbedder(config: PlatformConfig, words: WordNet): Promise<Embedder> {
  if (config.embedder === 'local') return LocalEmbedder.load(words);
  // Loaded on demand: its runtime is large, and most studios never need it.
  const { loadClipEmbedder } = await import('./embed/clip-embedder.ts');
  return loadClipEmbedder(config.clipModelDir);
}

/** Entry of the embedded platform: opens what it keeps, sweeps what a crash left, resumes jobs, then answers. */
async function start(): Promise<void> {
  const config = readConfig(process.env);
  await holdDataDir(config.dataDir);
  const layout = new Layout(config.dataDir);
  await mkdir(layout.objects, { recursive: true });
  await mkdir(layout.uploads, { recursive: true });
  const secrets = await loadSecrets(config.dataDir, config.apiKey);
  const words = await WordNet.load();
  const [database, embedder] = await Promise.all([
    openDatabase(config.dataDir, config.databaseUrl),
    loadEmbedder(config, words),
  ]);
  await claimIndex(database.db, embedder.name);
  const queue = new JobQueue(database.executeSql);
  const signer = new UrlSigner(secrets.signingKey);
  const model = config.languageModel ? languageModel(config.languageModel) : null;
  const maps = new MapMaker();
  const running = new RunningStages();
  const platform: Platform = { db: database.db, layout, signer, queue, running, embedder, words, maps, model };

  await sweepOrphans(platform);
  await queue.open();
  const resumed = await resumeStages(platform);
  if (resumed > 0) console.log(`Resuming ${resumed} unfinished processing step(s).`);
  await queue.work((attempt) => runStage(platform, attempt));

  const app = await buildApp(platform, {
    apiKeys: [secrets.apiKey, ...config.furtherKeys],
    rateLimit: config.rateLimit,
  });
  const address = await app.listen({ host: '127.0.0.1', port: config.port });
  // The program that started this one waits for exactly this line.
  console.log(`platform ready ${new URL(address).port}`);

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await app.close();
    await queue.close();
    await database.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
}

start().catch((error: unknown) => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const port = process.env.PLATFORM_PORT ?? '8001';
  if (isDiskFull(error)) console.error(DISK_FULL);
  else if (code === 'EADDRINUSE') console.error(`Port ${port} is already in use. Set PLATFORM_PORT to a free one.`);
  else console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
