import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { useScope } from '#components/video/use-scope.ts';
import { memberIdsQuery } from '#queries/collections.ts';

/** The ids of all videos that the page looks at, those of a collection with them; each once. */
export function useScopeVideos({ scope, isPending, error }: ReturnType<typeof useScope>) {
  const { collectionId, videoIds } = scope;
  const members = useQuery({ ...memberIdsQuery(collectionId ?? ''), enabled: collectionId !== undefined });
  const ids = useMemo(
    () => [...new Set([...(videoIds ?? []), ...((collectionId && members.data) || [])])],
    [videoIds, collectionId, members.data],
  );
  return {
    ids,
    isPending: isPending || (collectionId !== undefined && members.isPending),
    error: error ?? members.error,
  };
}
