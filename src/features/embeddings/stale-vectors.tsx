import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Push } from '#api/contracts/integrations.ts';
import { plural } from '#lib/format.ts';
import { useStartPush } from '#shared/embeddings/integration-queries.ts';
import { getModelName, modelsQuery, servingModelQuery } from '#shared/platform/model-list.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { useVideoLookup } from '#shared/videos/video-lookup.ts';
import { showFailure } from '#ui/show-failure.ts';
import { findStaleVectors } from './stale-pushes.ts';

/** The index name of the model that is searched with; undefined until it is known, and on a hosted platform. */
export function useServingModel(): string | undefined {
  const isEmbedded = useQuery(studioQuery).data?.platform === 'embedded';
  return useQuery({ ...servingModelQuery, enabled: isEmbedded }).data;
}

interface StaleVectorsProps {
  readonly connectionId: string;
  /** Those into all databases, oldest first. */
  readonly pushes: readonly Push[];
  readonly serving: string;
}

/** Says which vectors of a database are of another model than searches use, with a way to replace them. */
export function StaleVectors({ connectionId, pushes, serving }: StaleVectorsProps) {
  const { models, videoIds } = useMemo(() => {
    const own = pushes.filter(({ connection_id }) => connection_id === connectionId);
    return findStaleVectors(own, serving);
  }, [pushes, connectionId, serving]);
  const { data: known } = useQuery({ ...modelsQuery, enabled: videoIds.length > 0 });
  const { getVideo } = useVideoLookup(videoIds);
  const { mutate, isPending } = useStartPush();
  // A deleted video has no vectors that could take the place of the old ones.
  const existing = videoIds.filter((id) => getVideo(id) !== undefined);
  if (existing.length === 0 || !known) return null;
  const getName = (model: string) => getModelName(known.models, model);
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm" c="var(--studio-bad)" role="note">
        Stale: {plural(existing.length, 'video')} made with {models.map(getName).join(' and ')}, searches use{' '}
        {getName(serving)} now.
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        loading={isPending}
        onClick={() =>
          mutate(
            { connectionId, videoIds: existing },
            { onError: showFailure('The vectors could not be pushed again') },
          )
        }
      >
        Push again ({plural(existing.length, 'credit')})
      </Button>
    </Group>
  );
}
