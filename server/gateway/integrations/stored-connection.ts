import { isIP } from 'node:net';
import {
  type Connection,
  type ConnectionInput,
  connectionInputSchema,
  DATABASES,
  type DatabaseKind,
} from '../../../src/lib/integration-wire.ts';
import { IntegrationError } from './integration-error.ts';

/** A connection as the gateway keeps it, with its key. */
export interface StoredConnection extends Omit<ConnectionInput, 'key'> {
  readonly id: string;
  readonly key?: string;
  readonly isFixed?: boolean;
}

const IDENTIFIERS: Record<DatabaseKind, { readonly pattern: RegExp; readonly rule: string }> = {
  pinecone: { pattern: /^[a-z0-9]([a-z0-9-]{0,43}[a-z0-9])?$/, rule: 'small letters, digits and hyphens, up to 45' },
  qdrant: { pattern: /^[\w.-]{1,255}$/, rule: 'letters, digits, “-”, “_” and “.”' },
  weaviate: { pattern: /^[A-Z]\w{0,229}$/, rule: 'a capital letter first, then letters, digits and “_”' },
  chroma: {
    pattern: /^[A-Za-z0-9][\w.-]{1,510}[A-Za-z0-9]$/,
    rule: '3 letters or more, digits, “-”, “_” and “.” between them',
  },
  pgvector: { pattern: /^[A-Za-z_]\w{0,54}$/, rule: 'letters, digits and “_”, up to 55' },
};

const refuse = (message: string) => new IntegrationError('refused', message);

function checkedUrl(kind: DatabaseKind, text: string): URL | null {
  if (kind === 'pinecone' && text === '') return null;
  const wanted = kind === 'pgvector' ? ['postgres:', 'postgresql:'] : ['http:', 'https:'];
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url?.hostname || !wanted.includes(url.protocol)) {
    throw refuse(
      `The address of ${DATABASES[kind].name} must start with ${wanted.map((one) => `${one}//`).join(' or ')}.`,
    );
  }
  return url;
}

/** True where what is sent to a URL can be read on the way. */
const isPlain = (url: URL) => {
  const name = url.hostname.replace(/^\[|\]$/g, '');
  const here = name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
  return url.protocol === 'http:' && !here;
};

/**
 * A connection from what was typed in; `before` is the one that it replaces. A password within the URL becomes the key.
 * The key that is known stays only as long as the address does: otherwise whoever may change an address could have the
 * key sent to any place. Throws an `IntegrationError` whose message is a sentence.
 */
export function storedConnection(id: string, typed: ConnectionInput, before?: StoredConnection): StoredConnection {
  const { kind, name } = typed;
  const { pattern, rule } = IDENTIFIERS[kind];
  if (!pattern.test(typed.index)) throw refuse(`${DATABASES[kind].index}: ${rule}.`);
  const url = checkedUrl(kind, typed.url);
  const password = url?.password ? decodeURIComponent(url.password) : undefined;
  if (url) {
    url.password = '';
    if (kind !== 'pgvector') url.username = '';
  }
  const address = url?.href.replace(/\/+$/, '') ?? '';
  const stays = before?.kind === kind && before.url === address && before.grpc === typed.grpc;
  const key = password ?? typed.key ?? (stays ? before.key : undefined);
  if (kind === 'pinecone' && !key) throw refuse('Pinecone needs an API key.');
  if (typed.key === undefined && !password && before?.key && !stays) {
    throw refuse('With another address, the key has to be given again.');
  }
  if (key && url && isPlain(url)) throw refuse('A key is only sent over https (or to this machine).');
  if (typed.grpc && !/^[\w.-]+:\d{1,5}$/.test(typed.grpc)) throw refuse('The gRPC endpoint is written host:port.');
  if (typed.region && !/^(aws|gcp|azure)\/[a-z0-9-]+$/.test(typed.region)) {
    throw refuse('Cloud and region are written as aws/us-east-1.');
  }
  if (typed.tenant && !/^[\w-]+\/[\w-]+$/.test(typed.tenant))
    throw refuse('Tenant and database are written tenant/database.');
  const { grpc, region, tenant, index } = typed;
  return {
    id,
    kind,
    name,
    url: address,
    index,
    ...(grpc && { grpc }),
    ...(region && { region }),
    ...(tenant && { tenant }),
    ...(key && { key }),
  };
}

/** What a page may know of a connection. */
export function publicConnection({ key, isFixed, ...place }: StoredConnection): Connection {
  return { ...place, has_key: key !== undefined, is_fixed: isFixed === true };
}

/** The variables of the environment that describe a connection of each kind: address, key, index. */
const VARIABLES: Record<DatabaseKind, { url: string; key: string; index: string; also?: string }> = {
  pinecone: { url: 'PINECONE_URL', key: 'PINECONE_API_KEY', index: 'PINECONE_INDEX' },
  qdrant: { url: 'QDRANT_URL', key: 'QDRANT_API_KEY', index: 'QDRANT_COLLECTION' },
  weaviate: {
    url: 'WEAVIATE_URL',
    key: 'WEAVIATE_API_KEY',
    index: 'WEAVIATE_COLLECTION',
    also: 'WEAVIATE_GRPC',
  },
  chroma: { url: 'CHROMA_URL', key: 'CHROMA_API_KEY', index: 'CHROMA_COLLECTION' },
  pgvector: { url: 'PGVECTOR_URL', key: 'PGVECTOR_PASSWORD', index: 'PGVECTOR_TABLE' },
};

/** The connections that the environment describes. Throws an `Error` whose message names what is wrong. */
export function connectionsOf(environment: NodeJS.ProcessEnv): StoredConnection[] {
  return Object.entries(VARIABLES).flatMap(([name, { url, key, index, also }]) => {
    const address = environment[url] ?? '';
    if (!address && !(name === 'pinecone' && environment[key])) return [];
    const kind = name as DatabaseKind;
    const typed = connectionInputSchema.parse({
      kind,
      name: DATABASES[kind].name,
      url: address,
      index: environment[index] || DATABASES[kind].usualIndex,
      key: environment[key] || undefined,
      grpc: (also && environment[also]) || undefined,
    });
    try {
      return [{ ...storedConnection(kind, typed), isFixed: true }];
    } catch (error) {
      throw new Error(`${url}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}
