import type { TimeRange } from '#lib/time.ts';
import type { EngineListener, EngineReport, PlayerStatus } from './engine-types.ts';
import type { PlayerEngine } from './player-engine.ts';
import type { AudioTrackOption } from './video-stream.ts';

/** What can be played: a video, and where its HLS manifest is. */
export interface PlayerSource {
  readonly videoId: string;
  readonly title: string;
  /** Same-origin manifest URL. */
  readonly manifestUrl: string;
}

/** A part of a video in a list that is played in order. */
export interface PlaylistItem extends TimeRange {
  readonly source: PlayerSource;
  /** What the list's owner knows it by. */
  readonly id?: string;
}

/** What happens at the end of an item of a list: playback stops, repeats it, goes to the next one, or continues. */
export type RangeEnd = 'stop' | 'loop' | 'next' | 'continue';

interface Playlist {
  readonly items: readonly PlaylistItem[];
  /** The item that plays. */
  readonly index: number;
  readonly atEnd: RangeEnd;
}

export interface PlayerState {
  readonly source: PlayerSource | null;
  readonly status: PlayerStatus;
  /** Seconds. */
  readonly time: number;
  readonly duration: number;
  /** Seconds that one frame lasts, as far as is known; null before a video is open. */
  readonly frameDuration: number | null;
  /** Width of the picture by its height; of the video before while the next one opens. */
  readonly aspectRatio: number;
  readonly error: string | null;
  /** Empty where there is no choice. */
  readonly audioTracks: readonly AudioTrackOption[];
  /** Repeated; belongs to the video that is open. */
  readonly loop: TimeRange | null;
  readonly playlist: Playlist | null;
  /** Where playback was last opened, or the range that plays starts: another object each time. A seek leaves it alone. */
  readonly origin: { readonly time: number } | null;
}

const INITIAL_STATE: PlayerState = {
  source: null,
  status: 'idle',
  time: 0,
  duration: 0,
  frameDuration: null,
  aspectRatio: 16 / 9,
  error: null,
  audioTracks: [],
  loop: null,
  playlist: null,
  origin: null,
};

type Engine = Pick<PlayerEngine, 'open' | 'seek' | 'setLoop'>;

/**
 * The player that search, map, chat and the video page share: commands are its methods, and what is true now is its state
 * (`getState`, `subscribe`). It keeps the open video open when the same one is requested again, and plays lists of ranges,
 * of one video or of several, on top of the engine, which knows one manifest at a time.
 */
export class PlayerController<E extends Engine = PlayerEngine> {
  readonly engine: E;
  #state = INITIAL_STATE;
  readonly #listeners = new Set<() => void>();
  /** True while a command is carried out. */
  #isActing = false;

  constructor(createEngine: (listener: EngineListener) => E) {
    this.engine = createEngine({
      report: (report: EngineReport) => this.#set(report),
      rangeEnded: () => this.#handleRangeEnd(),
    });
  }

  readonly getState = (): PlayerState => this.#state;

  /** Calls `listener` after each change; the returned function ends that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  #set(change: Partial<PlayerState>): void {
    this.#state = { ...this.#state, ...change };
    if (!this.#isActing) this.#notify();
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Carries out a command: its frame is fetched first, and what has changed is drawn with the next animation frame. */
  #act(command: () => void): void {
    const before = this.#state;
    this.#isActing = true;
    try {
      command();
    } finally {
      this.#isActing = false;
    }
    if (this.#state !== before) requestAnimationFrame(() => this.#notify());
  }

  /** Opens a video, or keeps it when it is open, and goes to a time (seconds). */
  open(source: PlayerSource, time = 0, play = false): void {
    this.#act(() => {
      this.#set({ playlist: null, origin: { time } });
      this.#go(source, time, play, null);
    });
  }

  /** Seeks in the open video. With `play`, starts playback there; a playing video plays on. */
  seek(time: number, play = false): void {
    this.#act(() => {
      if (this.#state.playlist) this.#set({ playlist: null });
      this.#go(null, time, play, null);
    });
  }

  /** Plays a range of the open video, and stops at its end. */
  playRange({ start, end }: TimeRange): void {
    this.#act(() => {
      this.#set({ playlist: null, origin: { time: start } });
      this.#go(null, start, true, end);
    });
  }

  /**
   * Plays a list of ranges from the one at `from` on. `atEnd` says what happens at the end of each; `next` plays them in
   * order. Any other command ends the list.
   */
  playInOrder(items: readonly PlaylistItem[], from = 0, atEnd: RangeEnd = 'next'): void {
    this.#playItem({ items, index: from, atEnd });
  }

  /** Changes what happens at the end of an item of the list that is playing. */
  setRangeEnd(atEnd: RangeEnd): void {
    const { playlist } = this.#state;
    if (playlist) this.#set({ playlist: { ...playlist, atEnd } });
  }

  /** Repeats a range of the open video, from the next time its end is reached; null ends the loop. */
  setLoop(loop: TimeRange | null): void {
    this.engine.setLoop(loop);
    this.#set({ loop });
  }

  #playItem(playlist: Playlist): boolean {
    const item = playlist.items[playlist.index];
    this.#act(() => {
      this.#set(item ? { playlist, origin: { time: item.start } } : { playlist: null });
      if (item) this.#go(item.source, item.start, true, item.end);
    });
    return item !== undefined;
  }

  /** True when playback goes on. */
  #handleRangeEnd(): boolean {
    const { playlist } = this.#state;
    if (!playlist) return false;
    if (playlist.atEnd === 'stop') return false;
    if (playlist.atEnd === 'loop') return this.#playItem(playlist);
    if (playlist.atEnd === 'next') return this.#playItem({ ...playlist, index: playlist.index + 1 });
    this.#set({ playlist: null });
    return true;
  }

  #go(source: PlayerSource | null, time: number, play: boolean, until: number | null): void {
    const request = { time, play, until };
    const open = this.#state.source;
    if (!source || source.videoId === open?.videoId) {
      if (open) this.engine.seek(request);
      return;
    }
    if (this.#state.loop) this.engine.setLoop(null);
    this.#set({ source, status: 'loading', time, duration: 0, frameDuration: null, error: null, loop: null });
    void this.engine.open(source.manifestUrl, request);
  }
}
