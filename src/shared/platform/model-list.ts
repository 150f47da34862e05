import { queryOptions } from '@tanstack/react-query';
import { type Model, modelListSchema, servingModelSchema } from '#api/contracts/models.ts';
import { fetchLocal } from './client.ts';
import { withBackoff } from './polling.ts';
import { keys } from './query-keys.ts';

/** How often downloads, and the making of an index, are asked after. */
export const MODEL_POLL_MS = 1_000;

export const isDownloading = ({ state }: Model): boolean => state === 'downloading' || state === 'waiting';

/** The models of the embedded platform; polled during a download. */
export const modelsQuery = queryOptions({
  queryKey: keys.models.list,
  queryFn: async ({ signal }) => modelListSchema.parse(await (await fetchLocal('/local/models', { signal })).json()),
  refetchInterval: ({ state }) => withBackoff(state.data?.models.some(isDownloading) ? MODEL_POLL_MS : false, state),
});

/** The index name of the model that is searched with. The embedded platform alone says so. */
export const servingModelQuery = queryOptions({
  queryKey: keys.models.serving,
  queryFn: async ({ signal }) =>
    servingModelSchema.parse(await (await fetchLocal('/local/index/model', { signal })).json()).model,
});

/** What people call the model that an index is of. */
export const getModelName = (models: readonly Model[], indexName: string): string =>
  models.find((model) => model.index_name === indexName)?.name ?? indexName;
