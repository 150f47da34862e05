import path from 'node:path';
import { z } from 'zod';
import { parseList, readEnvironment } from '../environment.ts';
import { logLevelSchema } from '../logging.ts';
import { STAGES, type Stage } from './db/tables.ts';
import type { LanguageModelConfig } from './modules/chat/language-model.ts';
import type { TranscriberConfig } from './modules/transcripts/transcriber.ts';
import type { StorageLimits } from './modules/uploads/storage-quota.ts';
import type { S3Config } from './objects/s3-connection.ts';
import { type ApiKey, parseApiKey } from './owners.ts';

const booleanSchema = z
  .enum(['true', 'false', '1', '0'], 'choose "true" or "false"')
  .default('false')
  .transform((text) => text === 'true' || text === '1');

/** What the platform is told by its environment. */
const environmentSchema = z.object({
  LOG_LEVEL: logLevelSchema,
  PLATFORM_HOST: z.string().min(1).default('127.0.0.1'),
  PLATFORM_PORT: z.coerce.number().int().min(0).max(65_535).default(8001),
  DATA_DIR: z.string().min(1).default('./data'),
  SCRATCH_DIR: z.string().min(1).optional(),
  DATABASE_URL: z.url().optional(),
  DATABASE_READ_URL: z.url().optional(),
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_PUBLIC_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_BUCKET: z.string().min(3).optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_FORCE_PATH_STYLE: booleanSchema,
  S3_PROXY_UPLOADS: booleanSchema,
  S3_REDIRECT_MEDIA: booleanSchema,
  AWS_ACCESS_KEY_ID: z.string().min(1).optional(),
  AWS_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  SIGNING_KEYS: z.string().optional(),
  WORKER_PORT: z.coerce.number().int().min(0).max(65_535).default(8002),
  WORKER_STAGES: z.string().optional(),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(2),
  MIKSHI_API_KEY: z.string().min(8, 'must have at least 8 characters').optional(),
  PLATFORM_API_KEYS: z.string().optional(),
  PLATFORM_RATE_LIMIT: z.coerce.number().int().min(1).optional(),
  PLATFORM_MAX_OPEN_UPLOADS: z.coerce.number().int().min(1).default(1000),
  PLATFORM_QUOTA_GB: z.coerce.number().positive().optional(),
  UPLOAD_TTL: z.coerce.number().positive().max(365).default(7),
  EMBEDDER: z.enum(['local', 'clip'], 'choose "local" or "clip"').optional(),
  CLIP_MODEL_DIR: z.string().min(1).optional(),
  MODELS_DIR: z.string().min(1).optional(),
  MODEL_HUB_URL: z.url({ protocol: /^https?$/ }).default('https://huggingface.co'),
  MODELS: z.literal('auto', 'leave it out or set "auto"').optional(),
  TRANSCRIBE_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  TRANSCRIBE_MODEL: z.string().min(1).optional(),
  TRANSCRIBE_API_KEY: z.string().min(1).optional(),
  LLM_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  LLM_MODEL: z.string().min(1).optional(),
  LLM_API_KEY: z.string().min(1).optional(),
  LLM_VISION: booleanSchema,
});

export interface PlatformConfig {
  readonly logLevel: z.infer<typeof logLevelSchema>;
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** Folder for files that exist only while something is being made of them. */
  readonly scratchDir: string;
  readonly databaseUrl: string | undefined;
  /** A replica for searches and maps. */
  readonly databaseReadUrl: string | undefined;
  /** The bucket that objects are kept in; null for files below `dataDir`. */
  readonly s3: S3Config | null;
  /** Sign object URLs: the first one signs, all of them are accepted. Made and kept in the database when there are none. */
  readonly signingKeys: readonly string[];
  readonly worker: WorkerConfig;
  /** The accepted API key; made and kept in `dataDir` when the environment names none. */
  readonly apiKey: string | undefined;
  /** Further keys, each with videos of its own. */
  readonly furtherKeys: readonly ApiKey[];
  /** Requests a minute for each key; no limit when absent. */
  readonly rateLimit: number | undefined;
  readonly quota: StorageLimits;
  /** Unfinished uploads expire after this time without a new part. */
  readonly uploadTtlMs: number;
  /** What fills an empty index; null to leave the choice to people. */
  readonly embedder: 'local' | 'clip' | null;
  /** Folder of the CLIP model, absolute; null to take it from the model hub. */
  readonly clipModelDir: string | null;
  /** Where models are downloaded to. */
  readonly modelsDir: string;
  readonly modelHubUrl: string;
  /** Whether the default models are downloaded at the first start. */
  readonly downloadsModels: boolean;
  /** The service that recognizes speech; null for none. */
  readonly transcriber: TranscriberConfig | null;
  /** The language model that answers questions; null for composed answers. */
  readonly languageModel: LanguageModelConfig | null;
}

export interface WorkerConfig {
  /** Where a worker that runs apart answers probes. */
  readonly port: number;
  /** Kinds of stages that it takes. */
  readonly stages: readonly Stage[];
  /** Stages of one kind that it runs at once. */
  readonly concurrency: number;
}

/** What follows from transcoding is taken with it: lists that were made for earlier versions do not name it. */
const TRANSCODE_STAGES: ReadonlySet<Stage> = new Set(['check', 'ladder']);

function parseStages(text: string | undefined): readonly Stage[] {
  const names = parseList(text);
  const unknown = names.find((name) => !STAGES.some((stage) => stage === name));
  if (unknown !== undefined)
    throw new Error(`WORKER_STAGES: there is no stage "${unknown}". Choose from ${STAGES.join(', ')}.`);
  const isTaken = (stage: Stage) =>
    names.includes(stage) || (TRANSCODE_STAGES.has(stage) && names.includes('transcode'));
  return names.length === 0 ? STAGES : STAGES.filter(isTaken);
}

function toS3Config(environment: z.infer<typeof environmentSchema>): S3Config | null {
  const { S3_BUCKET, S3_ENDPOINT, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = environment;
  if (S3_BUCKET === undefined) {
    if (S3_ENDPOINT !== undefined) throw new Error('S3_BUCKET: name the bucket to use at S3_ENDPOINT.');
    return null;
  }
  return {
    endpoint: S3_ENDPOINT,
    publicEndpoint: environment.S3_PUBLIC_ENDPOINT,
    bucket: S3_BUCKET,
    region: environment.S3_REGION,
    forcePathStyle: environment.S3_FORCE_PATH_STYLE,
    proxyUploads: environment.S3_PROXY_UPLOADS,
    redirectMedia: environment.S3_REDIRECT_MEDIA,
    credentials:
      AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY
        ? { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY }
        : undefined,
  };
}

/** Reads and checks the environment. Throws an `Error` whose message is one sentence per wrong value. */
export function readConfig(environment: NodeJS.ProcessEnv): PlatformConfig {
  const parsed = environmentSchema.safeParse(readEnvironment(environment));
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}.`).join(' '));
  }
  const { LLM_BASE_URL, LLM_MODEL, LLM_API_KEY, LLM_VISION } = parsed.data;
  if (LLM_BASE_URL && !LLM_MODEL) throw new Error('LLM_MODEL: name the model to use at LLM_BASE_URL.');
  const { TRANSCRIBE_BASE_URL, TRANSCRIBE_MODEL, TRANSCRIBE_API_KEY } = parsed.data;
  if (TRANSCRIBE_BASE_URL && !TRANSCRIBE_MODEL)
    throw new Error('TRANSCRIBE_MODEL: name the model to use at TRANSCRIBE_BASE_URL.');
  return {
    logLevel: parsed.data.LOG_LEVEL,
    host: parsed.data.PLATFORM_HOST,
    port: parsed.data.PLATFORM_PORT,
    dataDir: path.resolve(parsed.data.DATA_DIR),
    scratchDir: path.resolve(parsed.data.SCRATCH_DIR ?? path.join(parsed.data.DATA_DIR, 'scratch')),
    databaseUrl: parsed.data.DATABASE_URL,
    databaseReadUrl: parsed.data.DATABASE_READ_URL,
    s3: toS3Config(parsed.data),
    signingKeys: parseList(parsed.data.SIGNING_KEYS),
    worker: {
      port: parsed.data.WORKER_PORT,
      stages: parseStages(parsed.data.WORKER_STAGES),
      concurrency: parsed.data.WORKER_CONCURRENCY,
    },
    apiKey: parsed.data.MIKSHI_API_KEY,
    furtherKeys: parseList(parsed.data.PLATFORM_API_KEYS).map(parseApiKey),
    rateLimit: parsed.data.PLATFORM_RATE_LIMIT,
    quota: {
      maxOpenUploads: parsed.data.PLATFORM_MAX_OPEN_UPLOADS,
      maxBytes: parsed.data.PLATFORM_QUOTA_GB === undefined ? undefined : parsed.data.PLATFORM_QUOTA_GB * 1e9,
    },
    uploadTtlMs: parsed.data.UPLOAD_TTL * 24 * 3_600_000,
    embedder: parsed.data.EMBEDDER ?? null,
    clipModelDir: parsed.data.CLIP_MODEL_DIR === undefined ? null : path.resolve(parsed.data.CLIP_MODEL_DIR),
    modelsDir: path.resolve(parsed.data.MODELS_DIR ?? path.join(parsed.data.DATA_DIR, 'models')),
    modelHubUrl: parsed.data.MODEL_HUB_URL,
    downloadsModels: parsed.data.MODELS === 'auto',
    transcriber:
      TRANSCRIBE_BASE_URL && TRANSCRIBE_MODEL
        ? { baseUrl: TRANSCRIBE_BASE_URL, model: TRANSCRIBE_MODEL, apiKey: TRANSCRIBE_API_KEY }
        : null,
    languageModel:
      LLM_BASE_URL && LLM_MODEL
        ? { baseUrl: LLM_BASE_URL, model: LLM_MODEL, apiKey: LLM_API_KEY, hasVision: LLM_VISION }
        : null,
  };
}
