import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { createClient } from '../../src/api/client.ts';
import { createBucket, s3Environment } from '../services/test-bucket.ts';
import { createTestDatabase } from '../services/test-database.ts';

const KEY = 'sk_of_the_cluster';
const READY_TIMEOUT_MS = 90_000;

type Kind = 'api' | 'worker' | 'gateway';
const PROGRAMS: Readonly<Record<Kind, string>> = {
  api: 'dist-server/api.js',
  worker: 'dist-server/worker.js',
  gateway: 'dist-server/gateway.js',
};

const PORTS: Readonly<Record<Kind, string>> = { api: 'PLATFORM_PORT', worker: 'WORKER_PORT', gateway: 'PORT' };

/** One process of the cluster, as a container would be. */
export class Node {
  readonly kind: Kind;
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | null = null;
  /** What it has printed since it was made. */
  output = '';
  url = '';

  constructor(kind: Kind, env: NodeJS.ProcessEnv) {
    this.kind = kind;
    this.#env = env;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [PROGRAMS[this.kind]], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const before = this.output.length;
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    const deadline = Date.now() + READY_TIMEOUT_MS;
    for (;;) {
      const said = /^(?:platform|worker|gateway) ready (\S+)$/m.exec(this.output.slice(before))?.[1];
      if (said) {
        this.url = said.startsWith('http') ? said : `http://127.0.0.1:${said}`;
        // A restart comes back at the same address.
        const port = new URL(this.url).port;
        this.#env[PORTS[this.kind]] = port;
        return;
      }
      if (child.exitCode !== null || Date.now() > deadline)
        throw new Error(`The ${this.kind} did not start: ${this.output.slice(before)}`);
      await pause(50);
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.#child?.kill(signal);
  }

  /** Ends it, and resolves when it has ended. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  async restart(signal?: NodeJS.Signals): Promise<void> {
    await this.stop(signal);
    await this.start();
  }

  client(retries = 4) {
    return createClient({ baseUrl: this.url, apiKey: KEY, retries });
  }
}

export interface Cluster {
  readonly apis: readonly Node[];
  readonly workers: readonly Node[];
  readonly gateways: readonly Node[];
  readonly databaseUrl: string;
  /** Environment of another process of this cluster. */
  readonly env: NodeJS.ProcessEnv;
  add(kind: Kind, env?: NodeJS.ProcessEnv): Promise<Node>;
  stop(): Promise<void>;
}

async function dropDatabase(url: string, adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await client.query(`drop database ${new URL(url).pathname.slice(1)} with (force)`);
  await client.end();
}

interface Size {
  readonly apis?: number;
  readonly workers?: number;
  readonly gateways?: number;
  readonly env?: NodeJS.ProcessEnv;
  /** Ports of proxies before the database and the bucket. */
  readonly proxies?: { readonly database: number; readonly s3: number };
}

function withPort(url: string, port: number | undefined): string {
  const changed = new URL(url);
  if (port !== undefined) changed.port = String(port);
  return changed.href.replace(/\/$/, '');
}

/** Gives each program its own role in a database, as a deployment does. Resolves to the address by role. */
async function createRoles(url: string): Promise<(program: Kind) => string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // Roles belong to the whole server: two databases must not make them at the same time.
  await client.query("select pg_advisory_lock(hashtext('roles'))");
  await client.query(await readFile('deploy/postgres/roles.sql', 'utf8'));
  const gateways = `${new URL(url).pathname.slice(1)}_gateway`;
  await client.query(`create database ${gateways} owner studio_gateway`);
  await client.end();
  return (program) => {
    const own = new URL(url);
    own.username = `studio_${program}`;
    if (program === 'gateway') own.pathname = `/${gateways}`;
    return own.href;
  };
}

/** Starts a cluster on a database and a bucket of its own: processes that share nothing else. */
export async function startCluster({
  apis = 2,
  workers = 2,
  gateways = 0,
  env = {},
  proxies,
}: Size = {}): Promise<Cluster> {
  const [database, bucket] = await Promise.all([createTestDatabase(), createBucket()]);
  const getDatabaseUrl = await createRoles(database.url);
  const folder = await mkdtemp(path.join(tmpdir(), 'cluster-'));
  const nodes: Node[] = [];
  const shared: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    ...s3Environment,
    S3_ENDPOINT: withPort(s3Environment.S3_ENDPOINT, proxies?.s3),
    S3_BUCKET: bucket.bucket,
    MIKSHI_API_KEY: KEY,
    ...env,
  };
  const add = async (kind: Kind, own: NodeJS.ProcessEnv = {}) => {
    // Each process has a disk of its own, which nobody else sees.
    const node = new Node(kind, {
      ...shared,
      [PORTS[kind]]: '0',
      DATABASE_URL: withPort(getDatabaseUrl(kind), proxies?.database),
      DATA_DIR: path.join(folder, `${kind}-${nodes.length}`),
      ...own,
    });
    nodes.push(node);
    await node.start();
    return node;
  };
  // The first one migrates the database; the others begin together.
  await add('api');
  await Promise.all([
    ...Array.from({ length: apis - 1 }, () => add('api')),
    ...Array.from({ length: workers }, () => add('worker')),
  ]);
  const of = (kind: Kind) => nodes.filter((node) => node.kind === kind);
  const PLATFORM_URL = of('api')
    .map(({ url }) => url)
    .join(',');
  await Promise.all(Array.from({ length: gateways }, () => add('gateway', { PLATFORM_URL })));
  return {
    apis: of('api'),
    workers: of('worker'),
    gateways: of('gateway'),
    databaseUrl: database.url,
    env: shared,
    add,
    stop: async () => {
      await Promise.all(nodes.map((node) => node.stop('SIGKILL')));
      await dropDatabase(getDatabaseUrl('gateway'), database.url);
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
