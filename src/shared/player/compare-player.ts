import { create } from 'zustand';
import { LinkedPlayback } from '#engines/player/linked-playback.ts';
import type { PlayerSource } from '#engines/player/player-controller.ts';
import { PlayerEngine } from '#engines/player/player-engine.ts';
import { player } from './studio-player.ts';

interface CompareState {
  /** What stands beside the player, and its time in seconds when it was put there; null while nothing does. */
  readonly pinned: { readonly source: PlayerSource; readonly time: number } | null;
  readonly isLinked: boolean;
  /** Seconds. */
  readonly time: number;
  readonly error: string | null;
}

const CLOSED: CompareState = { pinned: null, isLinked: false, time: 0, error: null };

/** The second player, which shows a segment beside the one that plays. */
export const useCompare = create<CompareState>()(() => CLOSED);

export const compareEngine = new PlayerEngine({
  report: ({ time, error }) =>
    useCompare.setState({ ...(time === undefined ? {} : { time }), ...(error === undefined ? {} : { error }) }),
  rangeEnded: () => false,
});
compareEngine.video.muted = true;

const linked = new LinkedPlayback(player.engine, compareEngine);

function setLinked(times: readonly [leader: number, follower: number] | null): void {
  if (times) linked.link(...times);
  else linked.unlink();
  useCompare.setState({ isLinked: linked.isLinked });
}

// What is opened next is compared from its start.
let origin = player.getState().origin;
player.subscribe(() => {
  const { pinned } = useCompare.getState();
  const next = player.getState().origin;
  if (next === origin) return;
  origin = next;
  if (pinned && next) setLinked([next.time, pinned.time]);
});

/** Puts what plays now beside the player, to be compared with what plays next; or closes it. */
export function toggleCompare(): void {
  const { source, playlist } = player.getState();
  if (useCompare.getState().pinned) {
    setLinked(null);
    useCompare.setState(CLOSED);
    return;
  }
  if (!source) return;
  const time = playlist?.items[playlist.index]?.start ?? player.engine.playhead;
  useCompare.setState({ pinned: { source, time }, time, error: null });
  void compareEngine.open(source.manifestUrl, { time, play: false, until: null });
}

/** Makes the second player follow the first from where both are now, or frees it. */
export function toggleLinked(): void {
  if (!useCompare.getState().pinned) return;
  setLinked(linked.isLinked ? null : [player.engine.playhead, compareEngine.playhead]);
}
