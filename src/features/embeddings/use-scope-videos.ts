import { useQuery } from '@tanstack/react-query';
import { scopeIdsQuery } from '#shared/search/scope.ts';
import type { useScope } from '#shared/search/use-scope.ts';

const NONE: readonly string[] = [];

/** The ids of all videos that the page looks at, those of collections with them; each once. */
export function useScopeVideos({ scope, isReady, error }: ReturnType<typeof useScope>) {
  const ids = useQuery({ ...scopeIdsQuery(scope), enabled: isReady });
  return { ids: ids.data ?? NONE, isPending: isReady && ids.isPending, error: error ?? ids.error };
}
