import { Alert, Button, Group, PasswordInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { type Connection, type ConnectionInput, DATABASE_KINDS, DATABASES } from '#api/contracts/integrations.ts';
import { getErrorMessage } from '#api/errors.ts';
import { useSaveConnection } from '#shared/embeddings/integration-queries.ts';
import { KINDS } from './database-kinds.ts';

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
  const { url, key, extra, verified } = KINDS[kind];
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
          description="Made with the first push where it is not there yet."
          placeholder={defaultIndex}
          value={typed.index}
          onChange={({ currentTarget }) => change({ index: currentTarget.value })}
        />
        <PasswordInput
          label={key}
          description={
            connection?.has_key
              ? 'Left empty, the one that is known stays, as long as the address does.'
              : 'Kept by the studio’s server, in a file that only its user may read.'
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
