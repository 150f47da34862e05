import type { Log } from '../logging.ts';
import type { PlatformConfig } from './config.ts';
import type { Platform } from './context.ts';
import { acquireDataDirLock } from './data-dir.ts';
import { type Database, openDatabase } from './db/database.ts';
import type { AnswerModel } from './modules/chat/language-model.ts';
import { ModelDownloads } from './modules/models/downloads.ts';
import { Models } from './modules/models/models.ts';
import { ProjectionRuns } from './modules/projection/projection-runs.ts';
import { ProjectionService } from './modules/projection/projection-service.ts';
import { chooseEmbedder } from './modules/search-index/choose-embedder.ts';
import { Embedders } from './modules/search-index/embedders.ts';
import { SpeechRecognition } from './modules/transcripts/speech-recognition.ts';
import { MultipartUploads } from './modules/uploads/multipart-uploads.ts';
import { StorageQuota } from './modules/uploads/storage-quota.ts';
import { adoptObjects } from './objects/adopt-objects.ts';
import { LocalDiskStore } from './objects/local-disk-store.ts';
import type { ObjectStore } from './objects/object-store.ts';
import { Scratch } from './objects/scratch.ts';
import { UrlSigner } from './objects/signing.ts';
import { claimStore } from './objects/store-identity.ts';
import { loadSigningKey } from './secrets.ts';

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

const EMBEDDER_IS_SET = 'EMBEDDER names the model in the environment. Leave it out to choose one here.';

/** Uses the database and the object store of the configuration, once both are fit for it. */
export async function openPlatform(
  config: PlatformConfig,
  log: Log,
): Promise<{ platform: Platform; database: Database; close: () => Promise<void> }> {
  // What is shared by processes has locks of its own.
  if (!config.databaseUrl || !config.s3) await acquireDataDirLock(config.dataDir);
  const [database, store, scratch] = await Promise.all([
    openDatabase(config.dataDir, config.databaseUrl, { readUrl: config.databaseReadUrl, log }),
    openStore(config, log),
    Scratch.open(config.scratchDir),
  ]);
  const { db } = database;
  await claimStore(db, store, scratch);
  if (store instanceof LocalDiskStore) await adoptObjects(db, store);
  await chooseEmbedder(db, config);
  const embedders = new Embedders(db, config);
  // A model that is named here has to be there.
  if (config.embedder === 'clip') await embedders.getServing();
  const quota = new StorageQuota(db, config.quota);
  const maps = new ProjectionService(db);
  const mapRuns = new ProjectionRuns(db, maps, log);
  if (database.isExclusive) await mapRuns.clear();
  const speech = new SpeechRecognition(db, config);
  const downloads = new ModelDownloads(config, log);
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
    embedders,
    models: new Models(config.modelsDir, downloads, config.embedder === null ? null : EMBEDDER_IS_SET),
    maps,
    mapRuns,
    speech,
    model: await loadAnswerModel(config),
  };
  const close = async () => {
    downloads.stop();
    await Promise.all([embedders.stop(), speech.stop()]);
    await database.close();
    await scratch.close();
  };
  return { platform, database, close };
}
