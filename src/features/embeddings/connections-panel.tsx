import { ActionIcon, Badge, Button, Group, Menu, Modal, Progress, Skeleton, Text } from '@mantine/core';
import { IconDots, IconPencil, IconPlus, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Connection, DATABASES, type IndexState, type Push } from '#api/contracts/integrations.ts';
import { getErrorMessage } from '#api/errors.ts';
import { plural } from '#lib/format.ts';
import {
  indexStateQuery,
  integrationsQuery,
  listenToPushes,
  useChangePush,
  useRemoveConnection,
  useStartPush,
} from '#shared/embeddings/integration-queries.ts';
import { confirm } from '#ui/open-dialog.ts';
import { QueryError } from '#ui/query-error.tsx';
import { ConnectionForm, FORM_FIELDS } from './connection-form.tsx';
import classes from './embeddings.module.css';
import { StaleVectors, useServingModel } from './stale-vectors.tsx';

/** How far a push is, or how it ended; with a way to stop it and a way to go on. */
function PushStatus({ push, serving }: { push: Push; serving: string | undefined }) {
  const { mutate, isPending, error } = useChangePush();
  const { id, status, video_count, done_count, rows } = push;
  const left = video_count - done_count;
  const isRunning = status === 'running';
  // The rest would be vectors of another model than those that are in the database.
  const isStale = serving !== undefined && push.model !== null && push.model !== serving;
  const held = `${plural(rows, 'vector')}, ${done_count} of ${plural(video_count, 'video')}`;
  const said = {
    running: held,
    done: `Pushed: ${plural(rows, 'vector')} of ${plural(video_count, 'video')}.`,
    failed: `Stopped: ${held} written so far.`,
    cancelled: `Cancelled: ${held} written so far.`,
  }[status];
  return (
    <>
      {isRunning && <Progress value={(100 * done_count) / video_count} animated aria-label="Push" color="amber" />}
      {push.error && status === 'failed' && (
        <Text size="sm" c="var(--studio-bad)" role="alert">
          {push.error}
        </Text>
      )}
      <Group justify="space-between" gap="xs">
        <Text size="sm" c="var(--studio-quiet)" role="status">
          {said}
        </Text>
        {isRunning && (
          <Button
            size="compact-sm"
            variant="default"
            loading={isPending}
            onClick={() => mutate({ id, change: 'cancel' })}
          >
            Cancel
          </Button>
        )}
        {(status === 'failed' || status === 'cancelled') && !isStale && (
          <Button
            size="compact-sm"
            variant="default"
            loading={isPending}
            onClick={() => mutate({ id, change: 'resume' })}
          >
            Resume {plural(left, 'video')}
          </Button>
        )}
      </Group>
      {error && (
        <Text size="sm" c="var(--studio-bad)" role="alert">
          {getErrorMessage(error)}
        </Text>
      )}
    </>
  );
}

function stateText({ exists, rows, dimension, metric }: IndexState): string {
  if (!exists) return 'Connected. The first push creates the index.';
  const vectors = rows === null ? 'Vectors' : plural(rows, 'vector');
  return [`${vectors}${dimension === null ? '' : ` with ${dimension} dimensions`}`, metric].filter(Boolean).join(', ');
}

interface ConnectionCardProps {
  readonly connection: Connection;
  /** Those into all databases, oldest first. */
  readonly pushes: readonly Push[];
  /** The model that is searched with; undefined where it is not known. */
  readonly serving: string | undefined;
  /** What would be pushed now. */
  readonly videoIds: readonly string[];
  onEdit(): void;
}

/** A database: where it is, what it holds, and the way of vectors into it. */
function ConnectionCard({ connection, pushes, serving, videoIds, onEdit }: ConnectionCardProps) {
  const { id, kind, name, url, index, is_fixed } = connection;
  const { data: state, error, isPending, isFetching, refetch } = useQuery(indexStateQuery(id));
  const push = pushes.findLast(({ connection_id }) => connection_id === id);
  const start = useStartPush();
  const remove = useRemoveConnection();
  const failure = error ?? start.error ?? remove.error;
  const confirmRemove = () =>
    void confirm({
      title: `Remove “${name}”?`,
      children: <Text size="sm">The studio deletes the stored address and key. Data in the database is kept.</Text>,
      labels: { confirm: 'Remove the connection', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(id),
    });
  return (
    <li className={classes.card} aria-label={name}>
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs">
          <strong>{name}</strong>
          <Badge variant="default" tt="none" fw={500}>
            {DATABASES[kind].name}
          </Badge>
          {is_fixed && (
            <Badge variant="default" tt="none" fw={500}>
              From the environment
            </Badge>
          )}
        </Group>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${name}`} loading={isFetching}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconRefresh size={16} />} onClick={() => void refetch()}>
              Refresh
            </Menu.Item>
            {!is_fixed && (
              <>
                <Menu.Item leftSection={<IconPencil size={16} />} onClick={onEdit}>
                  Edit
                </Menu.Item>
                <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={confirmRemove}>
                  Remove
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Text size="xs" c="var(--studio-quiet)" className={classes.place}>
        {index} · {url || 'Pinecone'}
      </Text>
      {isPending && <Skeleton height={20} width="60%" />}
      {failure && (
        <Text size="sm" c="var(--studio-bad)" role="alert">
          {getErrorMessage(failure)}
        </Text>
      )}
      {state && !failure && <Text size="sm">{stateText(state)}</Text>}
      {push && <PushStatus push={push} serving={serving} />}
      {serving !== undefined && push?.status !== 'running' && (
        <StaleVectors connectionId={id} pushes={pushes} serving={serving} />
      )}
      {push?.status !== 'running' && (
        <Button
          variant="default"
          disabled={videoIds.length === 0}
          loading={start.isPending}
          onClick={() => start.mutate({ connectionId: id, videoIds })}
        >
          Push {plural(videoIds.length, 'video')} ({plural(videoIds.length, 'credit')})
        </Button>
      )}
      <Text size="xs" c="var(--studio-quiet)">
        Connector verified against {FORM_FIELDS[kind].verified}.
      </Text>
    </li>
  );
}

/** The databases that the studio may write to, and what is on its way into them. */
export function ConnectionsPanel({ videoIds }: { videoIds: readonly string[] }) {
  const client = useQueryClient();
  const { data, error, isPending, refetch } = useQuery(integrationsQuery);
  const [edited, setEdited] = useState<Connection | 'new' | null>(null);
  useEffect(() => listenToPushes(client), [client]);
  const serving = useServingModel();
  return (
    <section className={classes.panel} aria-label="Your databases">
      <Group justify="space-between">
        <h2>Your databases</h2>
        <Button size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => setEdited('new')}>
          Connect a database
        </Button>
      </Group>
      <Text size="sm" c="var(--studio-quiet)">
        Vectors go from the studio’s server to yours; keys stay there and never reach this page. Row ids are the same
        every time, so pushing twice changes nothing.
      </Text>
      {error && <QueryError what="The connections could not be loaded" error={error} onRetry={() => void refetch()} />}
      {isPending && <Skeleton height={140} radius="md" />}
      {data?.connections.length === 0 && (
        <Text size="sm" className={classes.none}>
          No database yet. Pinecone, Qdrant, Weaviate, Chroma and Postgres with pgvector can be connected.
        </Text>
      )}
      <ul className={classes.cards} aria-label="Connections">
        {data?.connections.map((connection) => (
          <ConnectionCard
            key={connection.id}
            connection={connection}
            pushes={data.pushes}
            serving={serving}
            videoIds={videoIds}
            onEdit={() => setEdited(connection)}
          />
        ))}
      </ul>
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={edited === 'new' ? 'Connect a database' : 'Edit connection'}
        size="lg"
      >
        <ConnectionForm connection={edited === 'new' ? null : edited} onDone={() => setEdited(null)} />
      </Modal>
    </section>
  );
}
