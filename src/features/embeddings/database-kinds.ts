import type { DatabaseKind } from '#api/contracts/integrations.ts';

/** What the form of a connection asks for, and what the studio's connector was tried against. */
export interface Kind {
  readonly url: { readonly placeholder: string; readonly hint: string; readonly optional?: boolean };
  readonly key: string;
  readonly extra?: {
    readonly field: 'region' | 'grpc' | 'tenant';
    readonly label: string;
    readonly placeholder: string;
  };
  readonly verified: string;
}

export const KINDS: Record<DatabaseKind, Kind> = {
  pinecone: {
    url: { placeholder: 'Pinecone itself', hint: 'Only for Pinecone Local: its address.', optional: true },
    key: 'API key',
    extra: { field: 'region', label: 'Cloud and region of a new index', placeholder: 'aws/us-east-1' },
    verified: 'a server written from its published HTTP API, not the service itself',
  },
  qdrant: {
    url: { placeholder: 'http://localhost:6333', hint: 'The address of its REST API.' },
    key: 'API key, if it asks for one',
    verified: 'a server written from its published HTTP API, not the database itself',
  },
  weaviate: {
    url: { placeholder: 'http://localhost:8080', hint: 'The address of its REST API.' },
    key: 'API key, if it asks for one',
    extra: { field: 'grpc', label: 'gRPC host and port, where not the usual', placeholder: 'localhost:50051' },
    verified: 'a server written from its published HTTP and gRPC APIs, not the database itself',
  },
  chroma: {
    url: { placeholder: 'http://localhost:8000', hint: 'The address of its server.' },
    key: 'Token, if it asks for one',
    extra: { field: 'tenant', label: 'Tenant and database', placeholder: 'default_tenant/default_database' },
    verified: 'the real server, Chroma 1.0',
  },
  pgvector: {
    url: { placeholder: 'postgres://user@localhost:5432/video', hint: 'A password within it is kept apart.' },
    key: 'Password',
    verified: 'Postgres 18 with pgvector (PGlite, over the wire)',
  },
};
