import path from 'node:path';
import { z } from 'zod';
import { logLevelSchema } from '../logging.ts';
import type { LanguageModelConfig } from './modules/chat/language-model.ts';
import type { UploadQuota } from './modules/uploads/multipart-uploads.ts';
import { type ApiKey, parseApiKey } from './owners.ts';

/** What the embedded platform is told by its environment. */
const environmentSchema = z.object({
  LOG_LEVEL: logLevelSchema,
  PLATFORM_PORT: z.coerce.number().int().min(0).max(65_535).default(8001),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z.url().optional(),
  MIKSHI_API_KEY: z.string().min(8, 'must have at least 8 characters').optional(),
  PLATFORM_API_KEYS: z.string().optional(),
  PLATFORM_RATE_LIMIT: z.coerce.number().int().min(1).optional(),
  PLATFORM_MAX_OPEN_UPLOADS: z.coerce.number().int().min(1).default(1000),
  PLATFORM_QUOTA_GB: z.coerce.number().positive().optional(),
  UPLOAD_TTL: z.coerce.number().positive().max(365).default(7),
  EMBEDDER: z.enum(['local', 'clip'], 'choose "local" or "clip"').default('local'),
  CLIP_MODEL_DIR: z.string().min(1).optional(),
  LLM_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  LLM_MODEL: z.string().min(1).optional(),
  LLM_API_KEY: z.string().min(1).optional(),
});

export interface PlatformConfig {
  readonly logLevel: z.infer<typeof logLevelSchema>;
  readonly port: number;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  /** The accepted API key; made and kept in `dataDir` when the environment names none. */
  readonly apiKey: string | undefined;
  /** Further keys, each with videos of its own. */
  readonly furtherKeys: readonly ApiKey[];
  /** Requests a minute for each key; no limit when absent. */
  readonly rateLimit: number | undefined;
  readonly quota: UploadQuota;
  /** Unfinished uploads expire after this time without a new part. */
  readonly uploadTtlMs: number;
  readonly embedder: 'local' | 'clip';
  /** Folder of the CLIP model; the model hub is asked without one. */
  readonly clipModelDir: string | undefined;
  /** The language model that answers questions; null for composed answers. */
  readonly languageModel: LanguageModelConfig | null;
}

/** Reads and checks the environment. Throws an `Error` whose message is one sentence per wrong value. */
export function readConfig(environment: NodeJS.ProcessEnv): PlatformConfig {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(present);
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}.`).join(' '));
  }
  const { LLM_BASE_URL, LLM_MODEL, LLM_API_KEY } = parsed.data;
  if (LLM_BASE_URL && !LLM_MODEL) throw new Error('LLM_MODEL: name the model to use at LLM_BASE_URL.');
  return {
    logLevel: parsed.data.LOG_LEVEL,
    port: parsed.data.PLATFORM_PORT,
    dataDir: path.resolve(parsed.data.DATA_DIR),
    databaseUrl: parsed.data.DATABASE_URL,
    apiKey: parsed.data.MIKSHI_API_KEY,
    furtherKeys: (parsed.data.PLATFORM_API_KEYS ?? '')
      .split(',')
      .map((key) => key.trim())
      .filter(Boolean)
      .map(parseApiKey),
    rateLimit: parsed.data.PLATFORM_RATE_LIMIT,
    quota: {
      maxOpenUploads: parsed.data.PLATFORM_MAX_OPEN_UPLOADS,
      maxBytes: parsed.data.PLATFORM_QUOTA_GB === undefined ? undefined : parsed.data.PLATFORM_QUOTA_GB * 1e9,
    },
    uploadTtlMs: parsed.data.UPLOAD_TTL * 24 * 3_600_000,
    embedder: parsed.data.EMBEDDER,
    clipModelDir: parsed.data.CLIP_MODEL_DIR,
    languageModel: LLM_BASE_URL && LLM_MODEL ? { baseUrl: LLM_BASE_URL, model: LLM_MODEL, apiKey: LLM_API_KEY } : null,
  };
}
