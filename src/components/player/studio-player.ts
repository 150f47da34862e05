import { usePlayer } from '#stores/player.ts';
import { PlayerEngine } from './engine.ts';

/** The studio's one player: the engine, told what to do by the store, and reporting back to it. */
export const studioPlayer = new PlayerEngine((report) => usePlayer.getState().report(report));

usePlayer.subscribe((state, before) => {
  const { source, order } = state;
  if (!source || !order || order === before.order) return;
  if (source !== before.source) void studioPlayer.open(source.manifestUrl, order.time, order.play);
  else studioPlayer.seek(order.time, order.play);
});

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
