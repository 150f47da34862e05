import type { z } from 'zod/mini';
import { create } from 'zustand';
import { IndexedDbCollection } from './indexed-db-collection.ts';

/** What is stored of one video, under its id. */
type VideoRecord<Facts> = { readonly id: string } & Facts;

interface VideoRecordsState<Facts> {
  readonly byVideo: ReadonlyMap<string, VideoRecord<Facts>>;
}

/**
 * One record per video, in memory and in this browser (IndexedDB `name`), the same in every tab. `none` is what a video has
 * before its first change.
 */
export function createVideoRecords<Facts extends object>(
  name: string,
  schema: z.ZodMiniType<VideoRecord<Facts>>,
  none: Facts,
) {
  const records = new IndexedDbCollection(name, schema);
  const useRecords = create<VideoRecordsState<Facts>>()(() => ({ byVideo: new Map() }));
  const set = (record: VideoRecord<Facts>) =>
    useRecords.setState(({ byVideo }) => ({ byVideo: new Map(byVideo).set(record.id, record) }));
  const drop = (videoId: string) =>
    useRecords.setState(({ byVideo }) => ({ byVideo: new Map([...byVideo].filter(([id]) => id !== videoId)) }));
  const reset = () => useRecords.setState({ byVideo: new Map() });

  /** Pending until the browser has read what it stored. */
  let loading: Promise<void> | null = records.load().then((stored) => {
    // What another tab has told meanwhile is newer.
    useRecords.setState(({ byVideo }) => ({
      byVideo: new Map([...stored.map((record) => [record.id, record] as const), ...byVideo]),
    }));
    loading = null;
  });
  records.subscribe((change) => {
    if (change.kind === 'clear') reset();
    else if (change.kind === 'remove') drop(change.id);
    else set(change.record);
  });

  /** Runs something once what the browser stored is known: at once where it is. */
  const whenKnown = (run: () => void): void => {
    if (loading) void loading.then(run);
    else run();
  };
  const get = ({ byVideo }: VideoRecordsState<Facts>, videoId: string): Facts => byVideo.get(videoId) ?? none;
  const apply = (videoId: string, change: (facts: Facts) => Partial<Facts>) => {
    const facts = get(useRecords.getState(), videoId);
    const next = { ...facts, ...change(facts), id: videoId };
    set(next);
    records.put(next);
  };
  return {
    useRecords,
    get,
    whenKnown,
    // What is stored of this video must not be written over before it is known.
    change: (videoId: string, change: (facts: Facts) => Partial<Facts>): void =>
      whenKnown(() => apply(videoId, change)),
    /** Deletes the records of some videos, also those that the browser has yet to read. */
    forget: async (videoIds: readonly string[]): Promise<void> => {
      await loading;
      for (const id of videoIds) {
        if (!useRecords.getState().byVideo.has(id)) continue;
        drop(id);
        records.remove(id);
      }
    },
    /** Deletes all records, in every tab. */
    clear: async (): Promise<void> => {
      await loading;
      reset();
      await records.clear();
    },
  };
}
