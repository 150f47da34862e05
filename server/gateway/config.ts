import path from 'node:path';
import { z } from 'zod';
import { parseList, readEnvironment } from '../environment.ts';
import { logLevelSchema } from '../logging.ts';
import { isLoopback } from './integrations/host-policy.ts';

const environmentSchema = z.object({
  LOG_LEVEL: logLevelSchema,
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  MIKSHI_BASE_URL: z.url({ protocol: /^https?$/ }).optional(),
  MIKSHI_API_KEY: z.string().min(1).optional(),
  PLATFORM_URL: z.string().optional(),
  DATABASE_URL: z.url().optional(),
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_PUBLIC_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().default('us-east-1'),
  /** Seconds of silence after which the platform is taken for gone. */
  PLATFORM_TIMEOUT: z.coerce.number().int().min(1).max(3600).default(120),
  PLATFORM_PORT: z.coerce.number().int().min(1).max(65_535).default(8001),
  STUDIO_PASSWORD: z.string().min(8, 'must be at least 8 characters long').optional(),
  STUDIO_HOSTS: z.string().optional(),
  STUDIO_DATABASE_HOSTS: z.string().optional(),
  TRUST_PROXY: z.string().optional(),
  DATA_DIR: z.string().min(1).default('./data'),
});

/** In Fastify's form: networks, or a test of an address and its distance. */
type TrustProxy = false | string | ((address: string, hop: number) => boolean);

export interface GatewayConfig {
  readonly logLevel: z.infer<typeof logLevelSchema>;
  readonly host: string;
  readonly port: number;
  /** Where requests for the API go: URLs as browsers write them, without a slash at their end, of one or several platforms. */
  readonly upstreams: readonly [string, ...string[]];
  /** Whether the platform is this project's own, wherever it runs. */
  readonly isEmbedded: boolean;
  readonly platformTimeoutMs: number;
  readonly apiKey: string | undefined;
  /** What people sign in with; undefined where this machine alone is served. */
  readonly password: string | undefined;
  /** Further names under which browsers may reach the studio, in lower case. */
  readonly hostNames: readonly string[];
  /** Hosts of vector databases that people may connect although they are on a private network. */
  readonly databaseHosts: readonly string[];
  /** Proxies whose `X-Forwarded-…` headers count: how many there are, or their addresses and networks. */
  readonly trustProxy: TrustProxy;
  /** Where sessions, connections and pushes are kept: in this folder, or in a database that several gateways share. */
  readonly stateDir: string;
  readonly databaseUrl: string | undefined;
  /** Sources, as in a content security policy, that media comes from and parts are sent to, other than the studio itself. */
  readonly mediaOrigins: readonly string[];
  /** Where the embedded platform keeps its key. */
  readonly keyFile: string;
}

const parseNames = (text: string | undefined) => parseList(text?.toLowerCase());

const NETWORK = /^(?:loopback|linklocal|uniquelocal|[0-9a-f:.]+(?:\/\d{1,3})?)$/;

/** A number of proxies, or addresses and networks with commas between. */
function parseTrustProxy(text: string | undefined): TrustProxy {
  if (text === undefined) return false;
  if (/^\d$/.test(text)) return (_address, hop) => hop < Number(text);
  const networks = parseNames(text);
  if (networks.length === 0 || !networks.every((network) => NETWORK.test(network))) {
    throw new Error('TRUST_PROXY: the number of proxies before the studio, or their addresses, with commas between.');
  }
  return networks.join(',');
}

/** One address, or several with commas between, of platforms that share what they keep. */
function parseUpstreams(text: string): [string, ...string[]] {
  const [first, ...others] = parseList(text).map((url) => {
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
      throw new Error(`PLATFORM_URL: "${url}" is not an address that begins with http:// or https://.`);
    return new URL(url).href.replace(/\/+$/, '');
  });
  if (first === undefined) throw new Error('PLATFORM_URL: name the address of a platform.');
  return [first, ...others];
}

/** Where browsers reach the bucket of the platform, when it has one: by its name before the host, or in the path. */
function getBucketOrigins(environment: z.infer<typeof environmentSchema>): string[] {
  const { S3_BUCKET, S3_REGION, S3_ENDPOINT, S3_PUBLIC_ENDPOINT } = environment;
  if (S3_BUCKET === undefined) return [];
  const { protocol, host } = new URL(S3_PUBLIC_ENDPOINT ?? S3_ENDPOINT ?? `https://s3.${S3_REGION}.amazonaws.com`);
  return [`${protocol}//${host}`, `${protocol}//${S3_BUCKET}.${host}`];
}

/** Reads and checks the environment. Throws an `Error` whose message is one sentence per wrong value. */
export function readConfig(environment: NodeJS.ProcessEnv): GatewayConfig {
  const parsed = environmentSchema.safeParse(readEnvironment(environment));
  if (!parsed.success) {
    throw new Error(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}.`).join(' '));
  }
  const { HOST, PORT, MIKSHI_BASE_URL, MIKSHI_API_KEY, PLATFORM_URL, PLATFORM_PORT, DATA_DIR } = parsed.data;
  const { STUDIO_PASSWORD, STUDIO_HOSTS, STUDIO_DATABASE_HOSTS, TRUST_PROXY, PLATFORM_TIMEOUT } = parsed.data;
  if (!isLoopback(HOST) && STUDIO_PASSWORD === undefined) {
    throw new Error('HOST: other machines are served only with a password. Set STUDIO_PASSWORD.');
  }
  if (MIKSHI_BASE_URL && !MIKSHI_API_KEY) {
    throw new Error('MIKSHI_API_KEY: a remote platform (MIKSHI_BASE_URL) needs a key.');
  }
  if (MIKSHI_BASE_URL && PLATFORM_URL) throw new Error('PLATFORM_URL: MIKSHI_BASE_URL names a platform already.');
  if (PLATFORM_URL && !MIKSHI_API_KEY) {
    throw new Error('MIKSHI_API_KEY: a platform that runs apart (PLATFORM_URL) needs a key.');
  }
  return {
    logLevel: parsed.data.LOG_LEVEL,
    host: HOST,
    port: PORT,
    upstreams: parseUpstreams(MIKSHI_BASE_URL ?? PLATFORM_URL ?? `http://127.0.0.1:${PLATFORM_PORT}`),
    isEmbedded: MIKSHI_BASE_URL === undefined,
    platformTimeoutMs: PLATFORM_TIMEOUT * 1000,
    apiKey: MIKSHI_API_KEY,
    password: STUDIO_PASSWORD,
    hostNames: parseNames(STUDIO_HOSTS),
    databaseHosts: parseNames(STUDIO_DATABASE_HOSTS),
    trustProxy: parseTrustProxy(TRUST_PROXY),
    stateDir: path.resolve(DATA_DIR, 'gateway'),
    databaseUrl: parsed.data.DATABASE_URL,
    mediaOrigins: MIKSHI_BASE_URL === undefined ? getBucketOrigins(parsed.data) : ['https:'],
    keyFile: path.resolve(DATA_DIR, 'api-key'),
  };
}
