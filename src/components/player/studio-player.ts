import { usePlayer } from '#stores/player.ts';
import { usePreferences } from '#stores/preferences.ts';
import { PlayerEngine } from './engine.ts';
import { Shuttle } from './shuttle.ts';

/** The studio's one player: the engine, told what to do by the store, and reporting back to it. */
export const studioPlayer = new PlayerEngine({
  report: (report) => usePlayer.getState().report(report),
  intervalEnded: () => usePlayer.getState().intervalEnded(),
});

/** Plays it forwards and backwards at several speeds. */
export const shuttle = new Shuttle(studioPlayer);

usePlayer.subscribe((state, before) => {
  const { source, order, loop } = state;
  if (loop !== before.loop) studioPlayer.setLoop(loop);
  if (!source || !order || order === before.order) return;
  if (source !== before.source) void studioPlayer.open(source.manifestUrl, order);
  else studioPlayer.seek(order);
});

type Preferences = Pick<ReturnType<typeof usePreferences.getState>, 'volume' | 'muted' | 'speed'>;

/** Applies the preferences that have changed. The others are left alone: the shuttle has a playback rate of its own. */
function applyPreferences({ volume, muted, speed }: Preferences, before?: Preferences): void {
  const { video } = studioPlayer;
  if (volume !== before?.volume) video.volume = volume;
  if (muted !== before?.muted) video.muted = muted;
  if (speed === before?.speed) return;
  video.defaultPlaybackRate = speed;
  video.playbackRate = speed;
}
applyPreferences(usePreferences.getState());
usePreferences.subscribe(applyPreferences);

/** Where the video element waits while no page shows it: in the document, so that it keeps playing. */
const parking = document.createElement('div');
parking.hidden = true;
document.body.append(parking);

/** Shows the player in an element; the returned function parks it again. */
export function showPlayerIn(element: HTMLElement): () => void {
  element.append(studioPlayer.video);
  return () => {
    if (studioPlayer.video.parentElement === element) parking.append(studioPlayer.video);
  };
}
