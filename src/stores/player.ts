import { create } from 'zustand';

/** What can be played: a video, and where its HLS manifest is. */
export interface PlayerSource {
  readonly videoId: string;
  readonly title: string;
  /** Same-origin manifest URL. */
  readonly manifestUrl: string;
}

export type PlayerStatus = 'idle' | 'loading' | 'ready' | 'playing' | 'waiting' | 'error';

/** An order to the player. Each has its own number, so that asking for the same second twice seeks twice. */
export interface PlayerOrder {
  readonly number: number;
  readonly time: number;
  readonly play: boolean;
}

interface PlayerState {
  readonly source: PlayerSource | null;
  readonly order: PlayerOrder | null;
  readonly status: PlayerStatus;
  /** Seconds. */
  readonly time: number;
  readonly duration: number;
  readonly error: string | null;
  /** Opens a video (or keeps it, when it is open) and goes to a second. */
  open(source: PlayerSource, time?: number, play?: boolean): void;
  seek(time: number, play?: boolean): void;
  report(state: Partial<Pick<PlayerState, 'status' | 'time' | 'duration' | 'error'>>): void;
}

/** The one player that search, map, chat and the video page speak to. The engine behind it reports back here. */
export const usePlayer = create<PlayerState>()((set) => ({
  source: null,
  order: null,
  status: 'idle',
  time: 0,
  duration: 0,
  error: null,
  open: (source, time = 0, play = false) =>
    set((state) => {
      const order = { number: (state.order?.number ?? 0) + 1, time, play };
      if (state.source?.videoId === source.videoId) return { order };
      return { source, order, status: 'loading', time, duration: 0, error: null };
    }),
  seek: (time, play = false) => set((state) => ({ order: { number: (state.order?.number ?? 0) + 1, time, play } })),
  report: (report) => set(report),
}));
