import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Push, PushProgress } from '#api/contracts/integrations.ts';
import { applyProgress, integrationsQuery } from './integration-queries.ts';

const { queryKey } = integrationsQuery;

const running: PushProgress = {
  id: 'push',
  connection_id: 'connection',
  status: 'running',
  video_count: 2,
  done_count: 0,
  rows: 0,
  error: null,
  model: null,
  interruptions: 0,
  started_at: '2026-01-01T00:00:00.000Z',
};
const known: Push = { ...running, video_ids: ['a', 'b'], done_ids: [] };

let client: QueryClient;
beforeEach(() => {
  client = new QueryClient();
  client.setQueryData(queryKey, { connections: [], pushes: [known] });
});
const getPush = () => client.getQueryData(queryKey)?.pushes[0];
const isStale = () => client.getQueryState(queryKey)?.isInvalidated;

describe('applyProgress', () => {
  test('counts without asking for the list again while a push runs', () => {
    applyProgress(client, { ...running, done_count: 1, rows: 12 });
    expect(getPush()).toEqual({ ...known, done_count: 1, rows: 12 });
    expect(isStale()).toBe(false);
  });

  test('knows the videos of a push that is done', () => {
    applyProgress(client, { ...running, status: 'done', done_count: 2, rows: 24 });
    expect(getPush()).toMatchObject({ status: 'done', done_ids: ['a', 'b'] });
    expect(isStale()).toBe(false);
  });

  test('has the list fetched again when a push was stopped midway', () => {
    applyProgress(client, { ...running, status: 'cancelled', done_count: 1 });
    expect(getPush()).toMatchObject({ status: 'cancelled', done_count: 1 });
    expect(isStale()).toBe(true);
  });

  test('has the list fetched again for a push that it does not have', () => {
    applyProgress(client, { ...running, id: 'other' });
    expect(isStale()).toBe(true);
  });

  test('does not let an answer from before the end undo the end', () => {
    const never = vi.fn(() => new Promise<never>(() => undefined));
    void client.fetchQuery({ queryKey, queryFn: never, staleTime: 0 });
    expect(client.isFetching({ queryKey })).toBe(1);
    applyProgress(client, { ...running, status: 'done', done_count: 2 });
    expect(isStale()).toBe(true);
  });
});
