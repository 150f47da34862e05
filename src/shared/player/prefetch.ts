import { isBuffered } from '#engines/player/buffered.ts';
import { player } from './studio-player.ts';

const REMEMBERED = 200;
const prefetched = new Set<string>();

/**
 * Fetches the piece of the open stream that holds a second (where the pointer is, say) into the browser's cache, so that a
 * click there finds it at hand. Does nothing when it is at hand already.
 */
export function prefetch(time: number): void {
  const { hls, video } = player.engine;
  const level = hls?.levels[Math.max(0, hls.currentLevel)];
  const fragment = level?.details?.fragments.find(({ start, duration }) => time >= start && time < start + duration);
  if (!fragment || prefetched.has(fragment.url) || isBuffered(video, time)) return;
  if (prefetched.size >= REMEMBERED) prefetched.clear();
  prefetched.add(fragment.url);
  // A piece that could not be fetched ahead is fetched when it is played.
  fetch(fragment.url, { priority: 'low' }).catch(() => prefetched.delete(fragment.url));
}
