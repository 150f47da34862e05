import {
  type Connection,
  type ConnectionInput,
  connectionInputSchema,
  DATABASES,
  type DatabaseKind,
} from '../../../src/api/contracts/integrations.ts';
import { isReadableOnTheWay, parseDatabaseAddress } from './database-address.ts';
import { isLoopback } from './host-policy.ts';
import { IntegrationError } from './integration-error.ts';

/** A connection as the gateway keeps it, with its key. */
export interface StoredConnection extends Omit<ConnectionInput, 'key'> {
  readonly id: string;
  readonly key?: string;
  readonly isFixed?: boolean;
}

const IDENTIFIERS: Record<DatabaseKind, { readonly pattern: RegExp; readonly rule: string }> = {
  pinecone: {
    pattern: /^[a-z0-9]([a-z0-9-]{0,43}[a-z0-9])?$/,
    rule: 'lower-case letters, digits and hyphens, at most 45 characters',
  },
  qdrant: { pattern: /^[\w.-]{1,255}$/, rule: 'letters, digits, “-”, “_” and “.”' },
  weaviate: { pattern: /^[A-Z]\w{0,229}$/, rule: 'a capital letter first, then letters, digits and “_”' },
  chroma: {
    pattern: /^[A-Za-z0-9][\w.-]{1,510}[A-Za-z0-9]$/,
    rule: 'at least 3 characters: letters and digits, with “-”, “_” and “.” between them',
  },
  pgvector: { pattern: /^[A-Za-z_]\w{0,54}$/, rule: 'letters, digits and “_”, at most 55 characters' },
};

const refuse = (message: string) => new IntegrationError('refused', message);

/**
 * A connection from what was typed in; `before` is the one that it replaces. A password within the URL becomes the key.
 * The key that is known stays only as long as the address does: otherwise whoever may change an address could have the
 * key sent to any place. Throws an `IntegrationError` whose message is a sentence.
 */
export function storedConnection(
  id: string,
  typed: ConnectionInput,
  { before, isFixed = false }: { before?: StoredConnection; isFixed?: boolean } = {},
): StoredConnection {
  const { kind, name } = typed;
  const { pattern, rule } = IDENTIFIERS[kind];
  if (!pattern.test(typed.index)) throw refuse(`${DATABASES[kind].index}: ${rule}.`);
  const address = kind === 'pinecone' && typed.url === '' ? null : parseDatabaseAddress(kind, typed.url);
  const href = address?.href ?? '';
  const stays = before?.kind === kind && before.url === href && before.grpc === typed.grpc;
  const key = address?.password ?? typed.key ?? (stays ? before.key : undefined);
  if (kind === 'pinecone' && !key) throw refuse('Pinecone needs an API key.');
  if (typed.key === undefined && !address?.password && before?.key && !stays) {
    throw refuse('The address has changed. Enter the key again.');
  }
  // What the environment describes was decided by whoever runs the studio.
  if (!isFixed && key && address && isReadableOnTheWay(address)) {
    throw refuse(
      kind === 'pgvector'
        ? 'A password is only sent over TLS (or to this machine): add ?sslmode=verify-full to the address.'
        : 'A key is only sent over https (or to this machine).',
    );
  }
  if (typed.grpc && !/^[\w.-]+:\d{1,5}$/.test(typed.grpc)) throw refuse('The gRPC endpoint is written host:port.');
  // gRPC has TLS exactly when the address has it.
  const isPlainGrpc = kind === 'weaviate' && address?.protocol === 'http:' && typed.grpc !== undefined;
  if (!isFixed && key && isPlainGrpc && !isLoopback(typed.grpc?.split(':')[0] ?? '')) {
    throw refuse('A key is only sent over https (or to this machine), to the gRPC endpoint as well.');
  }
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
    url: href,
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
export function readEnvironmentConnections(environment: NodeJS.ProcessEnv): StoredConnection[] {
  return Object.entries(VARIABLES).flatMap(([name, { url, key, index, also }]) => {
    const address = environment[url] ?? '';
    if (!address && !(name === 'pinecone' && environment[key])) return [];
    const kind = name as DatabaseKind;
    const typed = connectionInputSchema.parse({
      kind,
      name: DATABASES[kind].name,
      url: address,
      index: environment[index] || DATABASES[kind].defaultIndex,
      key: environment[key] || undefined,
      grpc: (also && environment[also]) || undefined,
    });
    try {
      return [{ ...storedConnection(kind, typed, { isFixed: true }), isFixed: true }];
    } catch (error) {
      throw new Error(`${url}: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
}
