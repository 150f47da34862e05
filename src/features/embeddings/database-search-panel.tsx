import { Button, Select, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { getErrorMessage } from '#api/errors.ts';
import { readSegmentTimes } from '#api/segment-fields.ts';
import { plural } from '#lib/format.ts';
import { databaseHits, integrationsQuery } from '#shared/embeddings/integration-queries.ts';
import { textEmbeddingQuery } from '#shared/embeddings/vectors.ts';
import classes from './embeddings.module.css';
import { SegmentHits } from './segment-hits.tsx';

const HIT_COUNT = 10;

/** Asks one of the databases for the segments nearest to a text; what it finds plays here. */
export function DatabaseSearchPanel() {
  const client = useQueryClient();
  const { data } = useQuery(integrationsQuery);
  const connections = data?.connections ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [text, setText] = useState('');
  const asked = connections.find(({ id }) => id === chosen) ?? connections[0];
  const search = useMutation({
    mutationFn: async (connectionId: string) => {
      const embedded = await client.fetchQuery(textEmbeddingQuery(text.trim()));
      return databaseHits(connectionId, embedded.data[0]?.embedding ?? [], HIT_COUNT);
    },
  });
  const segments = search.data?.hits.map((hit) => ({
    id: hit.video_id,
    ...readSegmentTimes(hit),
    cosine: hit.score,
  }));
  return (
    <section className={classes.panel} aria-label="Query a database">
      <h2>Query a database</h2>
      {connections.length > 1 && (
        <Select
          label="Database"
          data={connections.map(({ id, name }) => ({ value: id, label: name }))}
          value={asked?.id ?? null}
          onChange={setChosen}
          allowDeselect={false}
        />
      )}
      <form
        className={classes.text}
        onSubmit={(event) => {
          event.preventDefault();
          if (asked) search.mutate(asked.id);
        }}
      >
        <TextInput
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
          placeholder="Describe a scene"
          aria-label="Query text"
          maxLength={4096}
        />
        <Button type="submit" loading={search.isPending} disabled={!asked || text.trim() === ''}>
          Ask (1 credit)
        </Button>
      </form>
      {!asked && (
        <Text size="sm" c="var(--studio-quiet)">
          Connect a database first, and push vectors into it.
        </Text>
      )}
      {search.error && (
        <Text size="sm" c="var(--studio-bad)" role="alert">
          {getErrorMessage(search.error)}
        </Text>
      )}
      {search.data && (
        <Text size="sm" c="var(--studio-quiet)" role="status">
          {plural(search.data.hits.length, 'segment')} found in {search.data.took_ms} ms.
        </Text>
      )}
      {segments && <SegmentHits segments={segments} label="Found segments" />}
    </section>
  );
}
