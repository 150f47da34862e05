import { player } from './studio-player.ts';

const tracks = player.engine.video.textTracks;
/** Shown last, which is what the key brings back. */
let lastShown: TextTrack | null = null;

/** Calls a listener when captions come, go, or are shown. Returns how to stop that. */
export function subscribeToCaptions(listener: () => void): () => void {
  const events = ['addtrack', 'removetrack', 'change'] as const;
  for (const event of events) tracks.addEventListener(event, listener);
  return () => {
    for (const event of events) tracks.removeEventListener(event, listener);
  };
}

/** The caption tracks of the open video. */
export const getCaptions = (): TextTrack[] =>
  [...tracks].filter(({ kind }) => kind === 'captions' || kind === 'subtitles');

/** Shows one caption track, or none. */
export function showCaptions(chosen: TextTrack | null): void {
  for (const track of getCaptions()) track.mode = track === chosen ? 'showing' : 'disabled';
  lastShown = chosen ?? lastShown;
}

/** Shows the captions that were shown last, or hides them. */
export function toggleCaptions(): void {
  const captions = getCaptions();
  const isShown = captions.some(({ mode }) => mode === 'showing');
  showCaptions(isShown ? null : (captions.find((track) => track === lastShown) ?? captions[0] ?? null));
}
