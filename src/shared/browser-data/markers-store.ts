import { z } from 'zod/mini';
import { create } from 'zustand';
import { createId } from '#lib/create-id.ts';
import { KeptRecords } from './indexed-db-collection.ts';

const markSchema = z.object({
  id: z.string(),
  /** Seconds; a mark of a single instant ends where it starts. */
  start: z.number().check(z.nonnegative()),
  end: z.number().check(z.nonnegative()),
  note: z.string(),
});
export type Mark = Readonly<z.infer<typeof markSchema>>;

const videoMarksSchema = z.object({
  /** The video's id. */
  id: z.string(),
  /** The in and the out point as they are set now, in seconds. */
  in: z.nullable(z.number()),
  out: z.nullable(z.number()),
  marks: z.array(markSchema),
});
export type VideoMarks = Readonly<z.infer<typeof videoMarksSchema>>;

interface MarksState {
  readonly byVideo: ReadonlyMap<string, VideoMarks>;
  /** Sets the in or the out point; one that would turn the stretch around takes the other away. */
  setIn(videoId: string, seconds: number | null): void;
  setOut(videoId: string, seconds: number | null): void;
  /** Keeps a stretch or an instant as a mark. */
  add(videoId: string, start: number, end: number, note?: string): void;
  note(videoId: string, markId: string, note: string): void;
  remove(videoId: string, markId: string): void;
  /** Puts a mark that was removed back. */
  restore(videoId: string, mark: Mark): void;
}

const records = new KeptRecords('studio-marks', videoMarksSchema);
const NONE: Omit<VideoMarks, 'id'> = { in: null, out: null, marks: [] };
const inOrder = (marks: readonly Mark[]) => [...marks].sort((a, b) => a.start - b.start || a.end - b.end);

/** In and out points and marks, a record a video, kept in this browser. */
export const useMarks = create<MarksState>()((set, get) => {
  const change = (videoId: string, change: (marks: VideoMarks) => Partial<VideoMarks>) => {
    if (loading) {
      // What is kept of this video is not known yet, and must not be written over.
      void loading.then(() => apply(videoId, change));
    } else apply(videoId, change);
  };
  const apply = (videoId: string, change: (marks: VideoMarks) => Partial<VideoMarks>) => {
    const known = get().byVideo.get(videoId) ?? { id: videoId, ...NONE };
    const next = { ...known, ...change(known) };
    set(({ byVideo }) => ({ byVideo: new Map(byVideo).set(videoId, next) }));
    records.put(next);
  };
  const restore = (videoId: string, mark: Mark) =>
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
    note: (videoId, markId, note) =>
      change(videoId, ({ marks }) => ({ marks: marks.map((mark) => (mark.id === markId ? { ...mark, note } : mark)) })),
    remove: (videoId, markId) => change(videoId, ({ marks }) => ({ marks: marks.filter(({ id }) => id !== markId) })),
  };
});

/** Pending until the browser has read what it kept. */
let loading: Promise<void> | null = records.load().then((kept) => {
  useMarks.setState({ byVideo: new Map(kept.map((marks) => [marks.id, marks])) });
  loading = null;
});

const drop = (videoId: string) =>
  useMarks.setState(({ byVideo }) => ({ byVideo: new Map([...byVideo].filter(([id]) => id !== videoId)) }));

/** Forgets the marks of some videos, also those that the browser has yet to read. */
export async function forgetMarksOf(videoIds: readonly string[]): Promise<void> {
  await loading;
  for (const id of videoIds) {
    if (!useMarks.getState().byVideo.has(id)) continue;
    drop(id);
    records.remove(id);
  }
}

/** Forgets all marks, and all in and out points. */
export async function clearMarks(): Promise<void> {
  await loading;
  useMarks.setState({ byVideo: new Map() });
  await records.clear();
}

records.onNews((news) => {
  if (news.kind === 'clear') {
    useMarks.setState({ byVideo: new Map() });
    return;
  }
  if (news.kind === 'remove') drop(news.id);
  else useMarks.setState(({ byVideo }) => ({ byVideo: new Map(byVideo).set(news.record.id, news.record) }));
});

/** A video's marks; nothing set and nothing marked where there are none. */
export const marksOf = ({ byVideo }: MarksState, videoId: string): Omit<VideoMarks, 'id'> =>
  byVideo.get(videoId) ?? NONE;
