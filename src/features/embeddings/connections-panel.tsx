import { Button, Group, Modal, Skeleton, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Connection } from '#api/contracts/integrations.ts';
import { integrationsQuery, listenToPushes } from '#shared/embeddings/integration-queries.ts';
import { QueryError } from '#ui/query-error.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { ConnectionForm } from './connection-form.tsx';
import classes from './embeddings.module.css';

/** The databases that the studio may write to, and what is on its way into them. */
export function ConnectionsPanel({ videoIds }: { videoIds: readonly string[] }) {
  const client = useQueryClient();
  const { data, error, isPending, refetch } = useQuery(integrationsQuery);
  const [edited, setEdited] = useState<Connection | 'new' | null>(null);
  useEffect(() => listenToPushes(client), [client]);
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
            push={data.pushes.findLast(({ connection_id }) => connection_id === connection.id)}
            videoIds={videoIds}
            onEdit={() => setEdited(connection)}
          />
        ))}
      </ul>
      <Modal
        opened={edited !== null}
        onClose={() => setEdited(null)}
        title={edited === 'new' ? 'Connect a database' : 'Change the connection'}
        size="lg"
      >
        <ConnectionForm connection={edited === 'new' ? null : edited} onDone={() => setEdited(null)} />
      </Modal>
    </section>
  );
}
