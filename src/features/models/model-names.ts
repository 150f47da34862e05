import type { Model } from '#api/contracts/models.ts';

/** What people call the model that an index is of. */
export const getModelName = (models: readonly Model[], indexName: string): string =>
  models.find((model) => model.index_name === indexName)?.name ?? indexName;
