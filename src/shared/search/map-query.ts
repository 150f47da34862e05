import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { MAP_MEDIA_TYPE, type MapRun, mapRunSchema } from '#api/contracts/map.ts';
import { wordTimesSchema } from '#api/contracts/transcripts.ts';
import { NotFoundError } from '#api/errors.ts';
import { decodeMap } from '#api/map-format.ts';
import { toScopeBody } from '#api/resources/search.ts';
import { api, fetchLocal, readLocal, sendLocal } from '#shared/platform/client.ts';
import { getPollInterval, withBackoff } from '#shared/platform/polling.ts';
import { keys } from '#shared/platform/query-keys.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { getLibraryChanges, hasScopeChanged } from '#shared/videos/library-changes.ts';
import { fromMapFile, fromVisualization, type MapData, type MapState } from './map-data.ts';
import { resolveScope, type SearchScope } from './scope.ts';

const NO_IDS: ReadonlySet<string> = new Set();
const toState = (data: MapData): MapState => ({ data, draft: null, run: null, deletedIds: NO_IDS });

const readMap = async (response: Response) => fromMapFile(decodeMap(await response.arrayBuffer()));

/** How far a computation is; null when the platform knows nothing of it, as after a restart. */
async function fetchRun(runId: string, signal: AbortSignal): Promise<MapRun | null> {
  try {
    return mapRunSchema.parse(await (await fetchLocal(`/local/map/runs/${runId}`, { signal })).json());
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

/** The first layout as far as it is; what is there stays while there is nothing newer. */
async function fetchDraft(scope: SearchScope, before: MapState, run: MapRun, signal: AbortSignal): Promise<MapState> {
  const { run_id: runId, drafts: count } = run;
  const hasLayout = before.data !== null && before.draft === null;
  const isKnown = before.draft?.runId === runId && before.draft.count >= count;
  if (hasLayout || isKnown || count === 0) return { ...before, run };
  const asked = { ...before, run, draft: { runId, count } };
  try {
    const body = toScopeBody(await resolveScope(scope, signal));
    return { ...asked, data: await readMap(await readLocal('/local/map/draft', body, signal)) };
  } catch (error) {
    // It was finished meanwhile, or the videos have changed: what is there stays.
    if (error instanceof NotFoundError) return asked;
    throw error;
  }
}

/** The embedded platform's own map: columns, or how far their computation is. */
async function fetchLocalMap(scope: SearchScope, before: MapState | undefined, signal: AbortSignal): Promise<MapState> {
  if (before?.run?.state === 'computing') {
    const run = await fetchRun(before.run.run_id, signal);
    // The points of a draft have no places that stay.
    if (run?.state === 'failed') return { ...before, run, ...(before.draft ? { data: null, draft: null } : {}) };
    if (run && run.state !== 'ready') return fetchDraft(scope, before, run, signal);
  }
  const response = await readLocal('/local/map', toScopeBody(await resolveScope(scope, signal)), signal);
  if (response.headers.get('content-type') === MAP_MEDIA_TYPE) return toState(await readMap(response));
  const run = mapRunSchema.parse(await response.json());
  return { data: null, draft: null, deletedIds: NO_IDS, ...before, run };
}

/**
 * The map of a scope, for free. It stays as it is while it is looked at, since a new projection moves every point; when it is
 * opened again after its videos have changed, it is fetched again. Asked for again while its layout is being computed.
 */
export const mapQuery = (scope: SearchScope) =>
  queryOptions({
    queryKey: keys.map(scope),
    queryFn: async ({ signal, client }): Promise<MapState> => {
      const { platform } = await client.ensureQueryData(studioQuery);
      if (platform === 'embedded') return fetchLocalMap(scope, client.getQueryData<MapState>(keys.map(scope)), signal);
      return toState(fromVisualization(await api.search.visualize(await resolveScope(scope, signal), { signal })));
    },
    // Comparing the columns of two maps would take longer than drawing one.
    structuralSharing: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) =>
      withBackoff(getPollInterval(state.data?.run?.state === 'computing', state.dataUpdateCount), state),
    refetchOnMount: ({ state }) =>
      hasScopeChanged(getLibraryChanges().since(scope, state.dataUpdatedAt)) ? 'always' : true,
  });

/** When something is said and written in the videos of a scope; the embedded platform alone knows. */
export const wordTimesQuery = (scope: SearchScope) =>
  queryOptions({
    queryKey: keys.wordTimes(scope),
    queryFn: async ({ signal }) =>
      wordTimesSchema.parse(
        await (await readLocal('/local/words', toScopeBody(await resolveScope(scope, signal)), signal)).json(),
      ),
    staleTime: 30_000,
  });

/** The answer that the API gives for a map. */
export const visualizationQuery = (scope: SearchScope) =>
  queryOptions({
    queryKey: keys.visualization(scope),
    queryFn: async ({ signal }) => api.search.visualize(await resolveScope(scope, signal), { signal }),
  });

/** Lays the map of a scope out anew on the embedded platform, which otherwise keeps the places of a map that grows. */
export function useLayOutAgain(scope: SearchScope) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const response = await sendLocal('/local/map/layout', 'POST', toScopeBody(await resolveScope(scope)));
      return response.status === 202 ? mapRunSchema.parse(await response.json()) : null;
    },
    // The map's query follows a layout that takes long.
    onSuccess: (run) =>
      run
        ? client.setQueryData<MapState>(keys.map(scope), (state) => state && { ...state, run })
        : client.invalidateQueries({ queryKey: keys.map(scope) }),
  });
}
