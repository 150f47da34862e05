import { randomUUID } from 'node:crypto';
import { CreateBucketCommand, PutBucketCorsCommand, S3Client } from '@aws-sdk/client-s3';
import type { S3Config } from '../../server/platform/objects/s3-connection.ts';

/** The S3 store that `npm run test:services` has started, or that `TEST_S3_URL` names: `http://<key>:<secret>@host:port`. */
const url = new URL(process.env.TEST_S3_URL ?? 'http://none');

export const s3Environment = {
  S3_ENDPOINT: url.origin,
  S3_REGION: 'us-east-1',
  S3_FORCE_PATH_STYLE: 'true',
  AWS_ACCESS_KEY_ID: decodeURIComponent(url.username),
  AWS_SECRET_ACCESS_KEY: decodeURIComponent(url.password),
};

/** Makes a new bucket to which browsers may upload. */
export async function createBucket(): Promise<S3Config> {
  const bucket = `studio-${randomUUID()}`;
  const credentials = {
    accessKeyId: s3Environment.AWS_ACCESS_KEY_ID,
    secretAccessKey: s3Environment.AWS_SECRET_ACCESS_KEY,
  };
  const client = new S3Client({ endpoint: url.origin, region: 'us-east-1', forcePathStyle: true, credentials });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  await client.send(
    new PutBucketCorsCommand({
      Bucket: bucket,
      CORSConfiguration: {
        CORSRules: [
          {
            AllowedOrigins: ['*'],
            AllowedMethods: ['PUT', 'GET', 'HEAD'],
            AllowedHeaders: ['*'],
            ExposeHeaders: ['ETag'],
          },
        ],
      },
    }),
  );
  client.destroy();
  return {
    endpoint: url.origin,
    publicEndpoint: undefined,
    bucket,
    region: 'us-east-1',
    forcePathStyle: true,
    proxyUploads: false,
    redirectMedia: false,
    credentials,
  };
}
