import { Alert, Button, Group, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import {
  type Connection,
  type ConnectionInput,
  DATABASE_KINDS,
  DATABASES,
  type DatabaseKind,
} from '#api/contracts/integrations.ts';
import { getErrorMessage } from '#api/errors.ts';
import { useSaveConnection } from '#shared/embeddings/integration-queries.ts';

/** What the form of a connection asks for, and what the studio's connector was tried against. */
export interface FormFields {
  readonly url: { readonly placeholder: string; readonly hint: string; readonly optional?: boolean };
  readonly key: string;
  readonly extra?: {
    readonly field: 'region' | 'grpc' | 'tenant';
    readonly label: string;
    readonly placeholder: string;
  };
  readonly verified: string;
}

export const FORM_FIELDS: Record<DatabaseKind, FormFields> = {
  pinecone: {
    url: { placeholder: 'Pinecone itself', hint: 'Only for Pinecone Local: its address.', optional: true },
    key: 'API key',
    extra: { field: 'region', label: 'Cloud and region of a new index', placeholder: 'aws/us-east-1' },
    verified: 'a server written from its published HTTP API, not the service itself',
  },
  qdrant: {
    url: { placeholder: 'http://localhost:6333', hint: 'The address of its REST API.' },
    key: 'API key, if required',
    verified: 'a server written from its published HTTP API, not the database itself',
  },
  weaviate: {
    url: { placeholder: 'http://localhost:8080', hint: 'The address of its REST API.' },
    key: 'API key, if required',
    extra: { field: 'grpc', label: 'gRPC host and port, if not the default', placeholder: 'localhost:50051' },
    verified: 'a server written from its published HTTP and gRPC APIs, not the database itself',
  },
  chroma: {
    url: { placeholder: 'http://localhost:8000', hint: 'The address of its server.' },
    key: 'Token, if required',
    extra: { field: 'tenant', label: 'Tenant and database', placeholder: 'default_tenant/default_database' },
    verified: 'the real server, Chroma 1.0',
  },
  pgvector: {
    url: { placeholder: 'postgres://user@localhost:5432/video', hint: 'A password in the URL is stored separately.' },
    key: 'Password',
    verified: 'Postgres 18 with pgvector (PGlite, over the wire)',
  },
};

const CHOICES = DATABASE_KINDS.map((kind) => ({ value: kind, label: DATABASES[kind].name }));

interface ConnectionFormProps {
  /** The connection to change; null for a new one. */
  readonly connection: Connection | null;
  onDone(): void;
}

/** Where a database is and how to get in. The key goes to the studio's server and never comes back. */
export function ConnectionForm({ connection, onDone }: ConnectionFormProps) {
  const [typed, setTyped] = useState<ConnectionInput>(connection ?? { kind: 'pgvector', name: '', url: '', index: '' });
  const save = useSaveConnection();
  const { kind } = typed;
  const { url, key, extra, verified } = FORM_FIELDS[kind];
  const { name, index, defaultIndex } = DATABASES[kind];
  const change = (part: Partial<ConnectionInput>) => setTyped((before) => ({ ...before, ...part }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const named = { ...typed, name: typed.name || name, index: typed.index || defaultIndex };
    save.mutate({ id: connection?.id ?? null, typed: named }, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {!connection && (
          <SegmentedControl
            fullWidth
            aria-label="Database"
            data={CHOICES}
            value={kind}
            onChange={(chosen) =>
              setTyped((before) => ({ kind: chosen, name: before.name, key: before.key, url: '', index: '' }))
            }
          />
        )}
        <TextInput
          label="Name"
          placeholder={name}
          maxLength={80}
          value={typed.name}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        />
        <TextInput
          label="Address"
          description={url.hint}
          placeholder={url.placeholder}
          required={!url.optional}
          value={typed.url}
          onChange={({ currentTarget }) => change({ url: currentTarget.value })}
        />
        <TextInput
          label={index}
          description="Created by the first push if it does not exist."
          placeholder={defaultIndex}
          value={typed.index}
          onChange={({ currentTarget }) => change({ index: currentTarget.value })}
        />
        <PasswordInput
          label={key}
          description={
            connection?.has_key
              ? 'Leave empty to keep the stored key. A new address requires the key again.'
              : 'Stored on the studio’s server, in a file that only its user can read.'
          }
          autoComplete="off"
          value={typed.key ?? ''}
          onChange={({ currentTarget }) => change({ key: currentTarget.value || undefined })}
        />
        {extra && (
          <TextInput
            label={extra.label}
            placeholder={extra.placeholder}
            value={typed[extra.field] ?? ''}
            onChange={({ currentTarget }) => change({ [extra.field]: currentTarget.value || undefined })}
          />
        )}
        {save.error && (
          <Alert color="red" variant="light" role="alert">
            {getErrorMessage(save.error)}
          </Alert>
        )}
        <Text size="xs" c="var(--studio-quiet)">
          This connector was verified against {verified}.
        </Text>
        <Group justify="end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            {connection ? 'Save' : 'Connect'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
