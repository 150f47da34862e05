import path from 'node:path';
import type { Log } from '../logging.ts';
import type { PlatformConfig } from './config.ts';
import type { Platform } from './context.ts';
import { acquireDataDirLock } from './data-dir.ts';
import { type Database, openDatabase } from './db/database.ts';
import { assertEmbedderMatches } from './embedding/assert-embedder-matches.ts';
import { Embedder } from './inference/embedder.ts';
import type { AnswerModel } from './modules/chat/language-model.ts';
import { ProjectionRuns } from './modules/projection/projection-runs.ts';
import { ProjectionService } from './modules/projection/projection-service.ts';
import { createTranscriber } from './modules/transcripts/transcriber.ts';
import { MultipartUploads } from './modules/uploads/multipart-uploads.ts';
import { StorageQuota } from './modules/uploads/storage-quota.ts';
import { adoptObjects } from './objects/adopt-objects.ts';
import { LocalDiskStore } from './objects/local-disk-store.ts';
import type { ObjectStore } from './objects/object-store.ts';
import { Scratch } from './objects/scratch.ts';
import { UrlSigner } from './objects/signing.ts';
import { claimStore } from './objects/store-identity.ts';
import { loadSigningKey } from './secrets.ts';

const openEmbedder = ({ embedder, clipModelDir }: PlatformConfig): Promise<Embedder> =>
  Embedder.open(
    embedder === 'local'
      ? { kind: 'local' }
      : { kind: 'clip', folder: clipModelDir ? path.resolve(clipModelDir) : null },
  );

async function loadAnswerModel({ languageModel }: PlatformConfig): Promise<AnswerModel | null> {
  if (!languageModel) return null;
  const { createAnswerModel } = await import('./modules/chat/language-model.ts');
  return createAnswerModel(languageModel);
}

async function openStore({ s3, dataDir }: PlatformConfig, log: Log): Promise<ObjectStore> {
  if (s3) {
    const { openS3Store } = await import('./objects/s3-store.ts');
    return openS3Store(s3, log);
  }
  const store = new LocalDiskStore(dataDir);
  await store.open();
  return store;
}

/** Uses the database and the object store of the configuration, once both are fit for it. */
export async function openPlatform(
  config: PlatformConfig,
  log: Log,
): Promise<{ platform: Platform; database: Database; close: () => Promise<void> }> {
  // What is shared by processes has locks of its own.
  if (!config.databaseUrl || !config.s3) await acquireDataDirLock(config.dataDir);
  const [database, embedder, store, scratch] = await Promise.all([
    openDatabase(config.dataDir, config.databaseUrl, { readUrl: config.databaseReadUrl, log }),
    openEmbedder(config),
    openStore(config, log),
    Scratch.open(config.scratchDir),
  ]);
  const { db } = database;
  await claimStore(db, store, scratch);
  if (store instanceof LocalDiskStore) await adoptObjects(db, store);
  await assertEmbedderMatches(db, embedder.name);
  const quota = new StorageQuota(db, config.quota);
  const maps = new ProjectionService(db);
  const mapRuns = new ProjectionRuns(db, maps, log);
  if (database.isExclusive) await mapRuns.clear();
  const [firstKey, ...otherKeys] = config.signingKeys;
  const platform: Platform = {
    log,
    db,
    readDb: database.readDb,
    vectorSearch: database.vectorSearch,
    store,
    scratch,
    signer: new UrlSigner([firstKey ?? (await loadSigningKey(db, config.dataDir)), ...otherKeys]),
    quota,
    uploads: new MultipartUploads(db, store, quota),
    embedder,
    maps,
    mapRuns,
    transcriber: config.transcriber && createTranscriber(config.transcriber),
    model: await loadAnswerModel(config),
  };
  const close = async () => {
    await embedder.stop();
    await database.close();
    await scratch.close();
  };
  return { platform, database, close };
}
