import { create } from 'zustand';
import type { PartCounts } from '#api/upload/send-parts.ts';

/** Over how long speed is measured. */
const WINDOW_MS = 3_000;

/** Bytes per second over the last moments, from the totals it is told. `now` is in milliseconds. */
export function speedMeter(now: () => number = () => performance.now()): (sent: number) => number {
  const history: { at: number; sent: number }[] = [];
  return (sent) => {
    const at = now();
    history.push({ at, sent });
    while (history.length > 2 && at - (history[0]?.at ?? at) > WINDOW_MS) history.shift();
    const [first] = history;
    const elapsed = first ? at - first.at : 0;
    // What was taken back (a part begins again) is no speed.
    return first && elapsed > 0 ? Math.max(0, ((sent - first.sent) * 1000) / elapsed) : 0;
  };
}

/** A pause before the next try, as one can show it. */
export interface UploadWait {
  readonly sentence: string;
  /** When it ends, in milliseconds since the epoch. */
  readonly until: number;
}

/** What changes many times a second while a file is sent; too lively to be stored. */
export interface UploadProgress {
  readonly sent: number;
  /** Bytes per second, over the last moments. */
  readonly speed: number;
  readonly parts: PartCounts | null;
  readonly wait: UploadWait | null;
}

const NOTHING: UploadProgress = { sent: 0, speed: 0, parts: null, wait: null };

interface ProgressState {
  readonly byId: Readonly<Record<string, UploadProgress>>;
  report(id: string, progress: Partial<UploadProgress>): void;
  forget(id: string): void;
}

export const useUploadProgress = create<ProgressState>()((set) => ({
  byId: {},
  report: (id, progress) => set(({ byId }) => ({ byId: { ...byId, [id]: { ...NOTHING, ...byId[id], ...progress } } })),
  forget: (id) =>
    set(({ byId }) => {
      const { [id]: _, ...rest } = byId;
      return { byId: rest };
    }),
}));
