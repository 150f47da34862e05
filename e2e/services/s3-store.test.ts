import { createLogger } from '../../server/logging.ts';
import { openS3Store } from '../../server/platform/objects/s3-store.ts';
import { describeObjectStore } from '../object-store-contract.ts';
import { createBucket } from './test-bucket.ts';

describeObjectStore('objects in a bucket', async () =>
  openS3Store(await createBucket(), createLogger('test', 'silent')),
);
