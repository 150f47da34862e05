import { create } from 'zustand';

/** What can be played: a video, and where its HLS manifest is. */
export interface PlayerSource {
  readonly videoId: string;
  readonly title: string;
  /** Same-origin manifest URL. */
  readonly manifestUrl: string;
}

/** A stretch of a video, in seconds. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** A moment in a list that is played in order. */
export interface PlayerMoment extends Interval {
  readonly source: PlayerSource;
}

/** An audio track to choose; `id` means it within its stream. */
export interface AudioTrackOption {
  readonly id: number;
  readonly name: string;
  readonly isSelected: boolean;
}

export type PlayerStatus = 'idle' | 'loading' | 'ready' | 'playing' | 'waiting' | 'error';

/** An order to the player. Each has its own number, so that asking for the same second twice seeks twice. */
export interface PlayerOrder {
  readonly number: number;
  readonly time: number;
  readonly play: boolean;
  /** Where playing is to end; null plays on. */
  readonly until: number | null;
}

/** Moments that are played one after the other, and the one that is on. */
interface Program {
  readonly moments: readonly PlayerMoment[];
  readonly index: number;
}

interface PlayerState {
  readonly source: PlayerSource | null;
  readonly order: PlayerOrder | null;
  readonly status: PlayerStatus;
  /** Seconds. */
  readonly time: number;
  readonly duration: number;
  /** Seconds that one frame lasts, as far as is known; null before a video is open. */
  readonly frameDuration: number | null;
  readonly error: string | null;
  /** Empty where there is no choice. */
  readonly audioTracks: readonly AudioTrackOption[];
  /** Played again and again; belongs to the video that is open. */
  readonly loop: Interval | null;
  readonly program: Program | null;
  /** Opens a video (or keeps it, when it is open) and goes to a second. */
  open(source: PlayerSource, time?: number, play?: boolean): void;
  seek(time: number, play?: boolean): void;
  /** Plays a stretch of the open video, and stops at its end. */
  playInterval(interval: Interval): void;
  /** Plays moments in order, of one video or of several, from the given one on. */
  playInOrder(moments: readonly PlayerMoment[], from?: number): void;
  setLoop(loop: Interval | null): void;
  /** What the engine calls where an order was to end; true when it is to play on. */
  intervalEnded(): boolean;
  report(
    state: Partial<Pick<PlayerState, 'status' | 'time' | 'duration' | 'error' | 'frameDuration' | 'audioTracks'>>,
  ): void;
}

/** The one player that search, map, chat and the video page speak to. The engine behind it reports back here. */
export const usePlayer = create<PlayerState>()((set, get) => {
  const go = (source: PlayerSource | null, time: number, play: boolean, until: number | null = null) =>
    set((state) => {
      const order = { number: (state.order?.number ?? 0) + 1, time, play, until };
      if (!source || state.source?.videoId === source.videoId) return { order };
      return { source, order, status: 'loading', time, duration: 0, frameDuration: null, error: null, loop: null };
    });
  const playMoment = (moments: readonly PlayerMoment[], index: number) => {
    const moment = moments[index];
    if (moment) go(moment.source, moment.start, true, moment.end);
    set({ program: moment ? { moments, index } : null });
    return moment !== undefined;
  };
  return {
    source: null,
    order: null,
    status: 'idle',
    time: 0,
    duration: 0,
    frameDuration: null,
    error: null,
    audioTracks: [],
    loop: null,
    program: null,
    open: (source, time = 0, play = false) => {
      set({ program: null });
      go(source, time, play);
    },
    seek: (time, play = false) => {
      set({ program: null });
      go(null, time, play);
    },
    playInterval: ({ start, end }) => {
      set({ program: null });
      go(null, start, true, end);
    },
    playInOrder: (moments, from = 0) => void playMoment(moments, from),
    setLoop: (loop) => set({ loop }),
    intervalEnded: () => {
      const { program } = get();
      return program !== null && playMoment(program.moments, program.index + 1);
    },
    report: (report) => set(report),
  };
});
