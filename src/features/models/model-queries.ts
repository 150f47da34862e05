import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { comparisonSchema, type IndexStatus, indexStatusSchema, markedQueriesSchema } from '#api/contracts/models.ts';
import { fetchLocal, readLocal, sendLocal } from '#shared/platform/client.ts';
import { MODEL_POLL_MS } from '#shared/platform/model-list.ts';
import { withBackoff } from '#shared/platform/polling.ts';
import { keys } from '#shared/platform/query-keys.ts';
import { showFailure } from '#ui/show-failure.ts';

/** Counting takes a second or more from so many segments on. */
const MANY_SEGMENTS = 50_000;
const SLOW_POLL_MS = 10_000;
/** Hits of each model that are compared. */
export const COMPARED = 8;

/** Whether an index of another model is not complete: it is being made, or videos were added since. */
const isBehind = (index: IndexStatus | undefined): boolean =>
  Boolean(index?.next && index.next.state !== 'paused' && index.next.segments < index.segments) ||
  index?.next?.state === 'building';

/** The index that is searched, and the one that may take its place; polled while that is being made. */
export const indexQuery = queryOptions({
  queryKey: keys.models.index,
  queryFn: async ({ signal }) => indexStatusSchema.parse(await (await fetchLocal('/local/index', { signal })).json()),
  refetchInterval: ({ state }) => {
    const interval = (state.data?.segments ?? 0) < MANY_SEGMENTS ? MODEL_POLL_MS : SLOW_POLL_MS;
    return withBackoff(isBehind(state.data) ? interval : false, state);
  },
});

/** The searches whose hits were marked, newest first. */
export const markedQueriesQuery = queryOptions({
  queryKey: keys.models.marks,
  queryFn: async ({ signal }) =>
    markedQueriesSchema.parse(await (await fetchLocal('/local/index/marks', { signal })).json()).queries,
});

/** One search with the model that is searched with, and with the next one. */
export const comparisonQuery = (query: string, serving: string, next: string) =>
  queryOptions({
    queryKey: keys.models.comparison(query, serving, next),
    queryFn: async ({ signal }) =>
      comparisonSchema.parse(
        await (await readLocal('/local/index/compare', { query, top_k: COMPARED }, signal)).json(),
      ),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** Changes of models and indexes. */
export function useModelChanges() {
  const client = useQueryClient();
  const onSettled = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.models.list }),
      client.invalidateQueries({ queryKey: keys.models.index }),
      client.invalidateQueries({ queryKey: keys.models.serving }),
    ]);
  const download = useMutation({
    mutationFn: (id: string) => sendLocal('/local/models', 'POST', { id }),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (id: string) => fetchLocal(`/local/models?${new URLSearchParams({ id })}`, { method: 'DELETE' }),
    onSettled,
  });
  const use = useMutation({
    mutationFn: (model: string) => sendLocal('/local/index/next', 'POST', { model }),
    onSettled,
  });
  const recognizeWith = useMutation({
    mutationFn: (model: string | null) => sendLocal('/local/models/speech', 'PUT', { model }),
    // Transcripts offer to recognize speech.
    onSettled: () => Promise.all([onSettled(), client.invalidateQueries({ queryKey: keys.videoTexts })]),
  });
  const pause = useMutation({
    mutationFn: (isPaused: boolean) => sendLocal('/local/index/next', 'PATCH', { is_paused: isPaused }),
    onSettled,
  });
  const cancel = useMutation({
    mutationFn: () => fetchLocal('/local/index/next', { method: 'DELETE' }),
    onSettled,
  });
  const change = useMutation({
    mutationFn: () => fetchLocal('/local/index/switch', { method: 'POST' }),
    // Whatever was found by looks is found by others now.
    onSettled: () => Promise.all([onSettled(), client.invalidateQueries({ queryKey: keys.maps })]),
  });
  return { download, remove, use, recognizeWith, pause, cancel, change };
}

/** Says whether a hit is right for a search; null takes it back. */
export function useMark(query: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ segmentId, isRight }: { segmentId: string; isRight: boolean | null }) =>
      sendLocal('/local/index/marks', 'PUT', { query, segment_id: segmentId, is_right: isRight }),
    onError: showFailure('The mark could not be saved'),
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: keys.models.comparisons(query) }),
        client.invalidateQueries({ queryKey: keys.models.marks }),
      ]),
  });
}
