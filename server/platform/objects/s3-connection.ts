import { S3Client, S3ServiceException } from '@aws-sdk/client-s3';

/** How long a URL for a browser is valid. */
export const URL_SECONDS = 3_600;
/** Keys of objects begin with this, so that a bucket can hold other things. */
export const PREFIX = 'objects/';
const CONNECT_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 120_000;

export interface S3Config {
  /** Undefined for Amazon's own. */
  readonly endpoint: string | undefined;
  /** The address under which browsers reach the same store. */
  readonly publicEndpoint: string | undefined;
  readonly bucket: string;
  readonly region: string;
  readonly forcePathStyle: boolean;
  /** Parts are sent to the platform, which passes them on: for a store that browsers cannot reach. */
  readonly proxyUploads: boolean;
  /** Undefined to find them as the AWS programs do. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
  /** Media is answered with a redirect to a URL of the store. */
  readonly redirectMedia: boolean;
}

/** What all commands are sent with, and what URLs for browsers are signed with. */
export interface S3Connection {
  readonly client: S3Client;
  readonly signer: S3Client;
  readonly bucket: string;
}

function createClient(config: S3Config, endpoint: string | undefined): S3Client {
  return new S3Client({
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(config.credentials === undefined ? {} : { credentials: config.credentials }),
    region: config.region,
    forcePathStyle: config.forcePathStyle,
    // Checksums in trailers are Amazon's own: other stores refuse them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
  });
}

export const connect = (config: S3Config): S3Connection => ({
  client: createClient(config, config.endpoint),
  signer: createClient(config, config.publicEndpoint ?? config.endpoint),
  bucket: config.bucket,
});

export const isS3Error = (error: unknown, ...names: string[]): error is S3ServiceException =>
  error instanceof S3ServiceException && names.includes(error.name);
