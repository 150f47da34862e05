// npm run migrate:objects -- to-bucket | to-disk: copies all objects between DATA_DIR and the bucket that S3_… names. The studio has to
// be stopped. Can be interrupted and run again: what has arrived is not copied again. Nothing is deleted.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createLogger } from '../server/logging.ts';
import { readConfig } from '../server/platform/config.ts';
import { acquireDataDirLock } from '../server/platform/data-dir.ts';
import { LocalDiskStore } from '../server/platform/objects/local-disk-store.ts';
import { ObjectNotFoundError, type ObjectStore } from '../server/platform/objects/object-store.ts';
import { openS3Store } from '../server/platform/objects/s3-store.ts';
import { Scratch } from '../server/platform/objects/scratch.ts';

async function getHash(store: ObjectStore, key: string): Promise<string | null> {
  try {
    const hash = createHash('sha256');
    await pipeline((await store.get(key)).stream, hash);
    return hash.digest('hex');
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return null;
    throw error;
  }
}

/** Copies one object, unless it is there already, and reads it back. Resolves to whether it was copied. */
async function copy(source: ObjectStore, target: ObjectStore, key: string, scratch: Scratch): Promise<boolean> {
  const hash = await getHash(source, key);
  if ((await getHash(target, key)) === hash) return false;
  await scratch.use(async (folder) => {
    const file = path.join(folder, 'object');
    await pipeline((await source.get(key)).stream, createWriteStream(file));
    await target.put(key, file);
  });
  if ((await getHash(target, key)) !== hash) throw new Error(`${key} was not copied well. Run the command again.`);
  return true;
}

async function migrate(direction: string | undefined): Promise<void> {
  if (direction !== 'to-bucket' && direction !== 'to-disk') throw new Error('Say where to copy: to-bucket or to-disk.');
  const config = readConfig(process.env);
  if (!config.s3) throw new Error('S3_BUCKET: name the bucket.');
  await acquireDataDirLock(config.dataDir);
  const disk = new LocalDiskStore(config.dataDir);
  await disk.open();
  const bucket = await openS3Store({ ...config.s3, proxyUploads: true }, createLogger('migrate', config.logLevel));
  const [source, target] = direction === 'to-bucket' ? [disk, bucket] : [bucket, disk];
  const scratch = await Scratch.open(config.scratchDir);
  let copied = 0;
  let known = 0;
  let bytes = 0;
  // The identity of the store comes last: until then, the target is not taken for a complete one.
  const identity = '.store.json';
  for await (const object of source.list('')) {
    if (object.key === identity) continue;
    if (await copy(source, target, object.key, scratch)) copied += 1;
    else known += 1;
    bytes += object.bytes;
  }
  await copy(source, target, identity, scratch);
  await scratch.close();
  console.log(
    `${copied} objects copied, ${known} were there already: ${Math.round(bytes / 1e6)} MB in ${target.description}.`,
  );
}

migrate(process.argv[2]).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
