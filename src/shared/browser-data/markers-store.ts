import { z } from 'zod/mini';
import { create } from 'zustand';
import { createId } from '#lib/create-id.ts';
import { IndexedDbCollection } from './indexed-db-collection.ts';

const markerSchema = z.object({
  id: z.string(),
  /** Seconds; a mark of a single instant ends where it starts. */
  start: z.number().check(z.nonnegative()),
  end: z.number().check(z.nonnegative()),
  note: z.string(),
});
export type Marker = Readonly<z.infer<typeof markerSchema>>;

const videoMarkersSchema = z.object({
  id: z.string(),
  /** The in and the out point as they are set now, in seconds. */
  in: z.nullable(z.number()),
  out: z.nullable(z.number()),
  marks: z.array(markerSchema),
});
export type VideoMarkers = Readonly<z.infer<typeof videoMarkersSchema>>;

interface MarkersState {
  readonly byVideo: ReadonlyMap<string, VideoMarkers>;
  /** Sets the in or the out point; one that would turn the range around takes the other away. */
  setIn(videoId: string, seconds: number | null): void;
  setOut(videoId: string, seconds: number | null): void;
  /** Keeps a range or an instant as a mark. */
  add(videoId: string, start: number, end: number, note?: string): void;
  note(videoId: string, markerId: string, note: string): void;
  remove(videoId: string, markerId: string): void;
  /** Puts a mark that was removed back. */
  restore(videoId: string, mark: Marker): void;
}

const records = new IndexedDbCollection('studio-marks', videoMarkersSchema);
const NONE: Omit<VideoMarkers, 'id'> = { in: null, out: null, marks: [] };
const inOrder = (marks: readonly Marker[]) => [...marks].sort((a, b) => a.start - b.start || a.end - b.end);

/** In and out points and markers, one record per video, stored in this browser. */
export const useMarkers = create<MarkersState>()((set, get) => {
  const change = (videoId: string, change: (marks: VideoMarkers) => Partial<VideoMarkers>) => {
    if (loading) {
      // What is kept of this video is not known yet, and must not be written over.
      void loading.then(() => apply(videoId, change));
    } else apply(videoId, change);
  };
  const apply = (videoId: string, change: (marks: VideoMarkers) => Partial<VideoMarkers>) => {
    const known = get().byVideo.get(videoId) ?? { id: videoId, ...NONE };
    const next = { ...known, ...change(known) };
    set(({ byVideo }) => ({ byVideo: new Map(byVideo).set(videoId, next) }));
    records.put(next);
  };
  const restore = (videoId: string, mark: Marker) =>
    change(videoId, ({ marks }) => ({ marks: inOrder([...marks, mark]) }));
  return {
    byVideo: new Map(),
    setIn: (videoId, seconds) =>
      change(videoId, ({ out }) => ({
        in: seconds,
        out: seconds !== null && out !== null && out <= seconds ? null : out,
      })),
    setOut: (videoId, seconds) =>
      change(videoId, (marks) => ({
        out: seconds,
        in: seconds !== null && marks.in !== null && marks.in >= seconds ? null : marks.in,
      })),
    restore,
    add: (videoId, start, end, note = '') => restore(videoId, { id: createId(), start, end, note }),
    note: (videoId, markerId, note) =>
      change(videoId, ({ marks }) => ({
        marks: marks.map((mark) => (mark.id === markerId ? { ...mark, note } : mark)),
      })),
    remove: (videoId, markerId) =>
      change(videoId, ({ marks }) => ({ marks: marks.filter(({ id }) => id !== markerId) })),
  };
});

/** Pending until the browser has read what it kept. */
let loading: Promise<void> | null = records.load().then((kept) => {
  useMarkers.setState({ byVideo: new Map(kept.map((marks) => [marks.id, marks])) });
  loading = null;
});

const drop = (videoId: string) =>
  useMarkers.setState(({ byVideo }) => ({ byVideo: new Map([...byVideo].filter(([id]) => id !== videoId)) }));

/** Forgets the marks of some videos, also those that the browser has yet to read. */
export async function forgetMarkers(videoIds: readonly string[]): Promise<void> {
  await loading;
  for (const id of videoIds) {
    if (!useMarkers.getState().byVideo.has(id)) continue;
    drop(id);
    records.remove(id);
  }
}

/** Forgets all marks, and all in and out points. */
export async function clearMarkers(): Promise<void> {
  await loading;
  useMarkers.setState({ byVideo: new Map() });
  await records.clear();
}

records.onNews((news) => {
  if (news.kind === 'clear') {
    useMarkers.setState({ byVideo: new Map() });
    return;
  }
  if (news.kind === 'remove') drop(news.id);
  else useMarkers.setState(({ byVideo }) => ({ byVideo: new Map(byVideo).set(news.record.id, news.record) }));
});

/** A video's marks; nothing set and nothing marked where there are none. */
export const getMarkers = ({ byVideo }: MarkersState, videoId: string): Omit<VideoMarkers, 'id'> =>
  byVideo.get(videoId) ?? NONE;
