import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod/mini';
import {
  type ConnectionInput,
  connectionSchema,
  databaseHitsSchema,
  indexStateSchema,
  integrationsSchema,
  type PushProgress,
  pushProgressSchema,
  pushSchema,
} from '#api/contracts/integrations.ts';
import { fetchLocal, sendLocal } from '#shared/platform/client.ts';
import { keys } from '#shared/platform/query-keys.ts';

const ROOT = '/studio/integrations';
const connectionPath = (id: string) => `${ROOT}/connections/${encodeURIComponent(id)}`;

async function send<Output>(
  path: string,
  method: 'POST' | 'PUT',
  body: unknown,
  schema: z.ZodMiniType<Output>,
): Promise<Output> {
  return schema.parse(await (await sendLocal(path, method, body)).json());
}

/** The connections to vector databases, and the pushes into them. */
export const integrationsQuery = queryOptions({
  queryKey: keys.integrations,
  queryFn: async ({ signal }) => integrationsSchema.parse(await (await fetchLocal(`${ROOT}/`, { signal })).json()),
});

/** What there is at the other end of a connection. The database is asked, so a failure is not repeated by itself. */
export const indexStateQuery = (id: string) =>
  queryOptions({
    queryKey: keys.indexState(id),
    queryFn: async ({ signal }) =>
      indexStateSchema.parse(await (await fetchLocal(`${connectionPath(id)}/state`, { signal })).json()),
    staleTime: 30_000,
    retry: false,
  });

const REOPEN_MS = 2_000;

/** Writes an event of a push into the list of pushes. Events do not have the ids of its videos. */
export function applyProgress(client: QueryClient, progress: PushProgress): void {
  const { queryKey } = integrationsQuery;
  const { pushes } = client.getQueryData(queryKey) ?? {};
  const known = pushes?.find(({ id }) => id === progress.id);
  const hasEnded = progress.status !== 'running';
  if (hasEnded) void client.invalidateQueries({ queryKey: keys.indexState(progress.connection_id) });
  if (!pushes) return;
  // Started in another tab. An answer that is on its way may do, but not for the last event of a push.
  if (!known) return void client.invalidateQueries({ queryKey }, { cancelRefetch: hasEnded });
  const done_ids = progress.status === 'done' ? known.video_ids : known.done_ids;
  client.setQueryData(
    queryKey,
    (all) =>
      all && {
        ...all,
        pushes: all.pushes.map((push) => (push.id === progress.id ? { ...push, ...progress, done_ids } : push)),
      },
  );
  // An answer that is on its way may be from before the end, and no other event would put it right.
  const isAsking = client.isFetching({ queryKey, exact: true }) > 0;
  if (hasEnded && (isAsking || done_ids.length !== progress.done_count)) void client.invalidateQueries({ queryKey });
}

/** Keeps the pushes as they are, for as long as somebody looks: call what it answers to stop. */
export function listenToPushes(client: QueryClient): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const handlePush = ({ data }: MessageEvent<string>) =>
    applyProgress(client, pushProgressSchema.parse(JSON.parse(data)));
  const open = () => {
    const opened = new EventSource(`${ROOT}/events`);
    source = opened;
    opened.onmessage = handlePush;
    opened.onerror = () => {
      // Browsers reconnect by themselves, but not after an answer that is no stream: of a proxy whose studio restarts, say.
      if (opened.readyState === EventSource.CLOSED) timer = setTimeout(open, REOPEN_MS);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

/** Has the list of connections, and what is known of each, asked for again after a change. */
function useRefresh() {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: keys.integrations }),
      client.invalidateQueries({ queryKey: keys.indexStates }),
    ]);
}

export function useSaveConnection() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ id, typed }: { id: string | null; typed: ConnectionInput }) =>
      id === null
        ? send(`${ROOT}/connections`, 'POST', typed, connectionSchema)
        : send(connectionPath(id), 'PUT', typed, connectionSchema),
    onSuccess: refresh,
  });
}

export function useRemoveConnection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => fetchLocal(connectionPath(id), { method: 'DELETE' }),
    // Taken from the list at once: what is still shown would ask for its state, which no longer exists.
    onSuccess: (_answer, id) =>
      client.setQueryData(
        integrationsQuery.queryKey,
        (known) => known && { ...known, connections: known.connections.filter((one) => one.id !== id) },
      ),
  });
}

export function useStartPush() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ connectionId, videoIds }: { connectionId: string; videoIds: readonly string[] }) =>
      send(`${connectionPath(connectionId)}/pushes`, 'POST', { video_ids: videoIds }, pushSchema),
    // Not by fetching the list again: that answer could come after the events that say how the push went on, and undo them.
    onSuccess: (push) =>
      client.setQueryData(integrationsQuery.queryKey, (known) =>
        !known || known.pushes.some(({ id }) => id === push.id) ? known : { ...known, pushes: [...known.pushes, push] },
      ),
  });
}

/** Cancels a push, or goes on with one that has ended before its end. */
export const useChangePush = () =>
  useMutation({
    mutationFn: ({ id, change }: { id: string; change: 'cancel' | 'resume' }) =>
      fetchLocal(`${ROOT}/pushes/${encodeURIComponent(id)}/${change}`, { method: 'POST' }),
  });

/** The segments that a database finds nearest to a vector. */
export const databaseHits = (connectionId: string, vector: readonly number[], limit: number) =>
  send(`${connectionPath(connectionId)}/query`, 'POST', { vector, limit }, databaseHitsSchema);
