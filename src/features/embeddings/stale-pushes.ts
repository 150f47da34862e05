import type { Push } from '#api/contracts/integrations.ts';

export interface StaleVectors {
  /** Index names of the models that the vectors are of. */
  readonly models: readonly string[];
  /** Videos to push again. */
  readonly videoIds: readonly string[];
}

/**
 * The videos whose vectors in a database are not of the model that is searched with: a text's vector says nothing about them.
 *
 * @param pushes those into the database, oldest first. Where the model of a push is unknown, its vectors are not stale.
 * @param serving the index name of the model that is searched with.
 */
export function findStaleVectors(pushes: readonly Push[], serving: string): StaleVectors {
  const modelByVideo = new Map<string, string | null>();
  for (const { model, video_ids, done_ids } of pushes) {
    const done = new Set(done_ids);
    for (const id of video_ids) {
      // A push that stopped may have written some vectors of a video, which does not make the others current.
      if (done.has(id) || (model !== null && model !== serving)) modelByVideo.set(id, model);
    }
  }
  const stale = [...modelByVideo].flatMap(([id, model]) =>
    model === null || model === serving ? [] : [{ id, model }],
  );
  return { models: [...new Set(stale.map(({ model }) => model))], videoIds: stale.map(({ id }) => id) };
}
