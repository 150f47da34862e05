import { create } from 'zustand';
import type { PartCounts } from '#api/upload/send-parts.ts';

/** A pause before the next try, as one can show it. */
export interface UploadWait {
  readonly sentence: string;
  /** When it ends, in milliseconds since the epoch. */
  readonly until: number;
}

/** What changes many times a second while a file is sent; too lively to be stored. */
export interface UploadProgress {
  readonly sent: number;
  /** Bytes a second, over the last moments. */
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
