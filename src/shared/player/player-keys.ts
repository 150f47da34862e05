import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import type { Shortcut } from '#ui/shortcuts.ts';
import { toggleCaptions } from './captions.ts';
import { toggleCompare, toggleLinked } from './compare-player.ts';
import { player, shuttle } from './studio-player.ts';

const JUMP_SECONDS = 5;
const NUDGE_SECONDS = 1;
const VOLUME_STEP = 0.1;

const jump = (seconds: number) => () => {
  // From where the playhead is, also while reports of it are on their way.
  player.seek(Math.max(0, player.engine.playhead + seconds));
};

const louder = (by: number) => () => {
  const { volume, set } = usePreferences.getState();
  set({ volume: Math.round(Math.max(0, Math.min(1, volume + by)) * 10) / 10, muted: false });
};

function toggleMuted(): void {
  const { muted, set } = usePreferences.getState();
  set({ muted: !muted });
}

export function togglePictureInPicture(): void {
  if (!document.pictureInPictureEnabled) return;
  const leave = document.pictureInPictureElement !== null;
  // Refused without a picture to show, or without a press: then there is nothing to do.
  void (leave ? document.exitPictureInPicture() : player.engine.video.requestPictureInPicture()).catch(() => undefined);
}

const canEnterFullscreen = (video: HTMLVideoElement): video is HTMLVideoElement & { webkitEnterFullscreen(): void } =>
  'webkitEnterFullscreen' in video;

export function toggleFullScreen(): void {
  const { video } = player.engine;
  // Safari on iPhone shows only the video itself in full screen.
  if (!document.fullscreenEnabled) {
    if (canEnterFullscreen(video)) video.webkitEnterFullscreen();
    return;
  }
  const section = video.closest('section');
  void (document.fullscreenElement ? document.exitFullscreen() : section?.requestFullscreen())?.catch(() => undefined);
}

/** Elsewhere these keys scroll the page. */
const inThePlayer = () =>
  document.fullscreenElement !== null || document.activeElement?.matches('[data-player-stage]') === true;

/** The keys of the player, as people who cut film know them. */
export const PLAYER_KEYS: readonly Shortcut[] = [
  { keys: [' '], shown: ['space'], does: 'Play or pause', run: () => player.engine.toggle() },
  { keys: ['l'], does: 'Play; press again for 2×, 4×, 8×', run: () => shuttle.press(1) },
  { keys: ['k'], does: 'Stop', run: () => shuttle.stop() },
  { keys: ['j'], does: 'Play backward; press again to speed up', run: () => shuttle.press(-1) },
  { keys: [','], does: 'Previous frame', run: () => player.engine.step(-1) },
  { keys: ['.'], does: 'Next frame', run: () => player.engine.step(1) },
  { keys: ['ArrowLeft'], shown: ['←'], does: 'Back 5 seconds', run: jump(-JUMP_SECONDS) },
  { keys: ['ArrowRight'], shown: ['→'], does: 'Forward 5 seconds', run: jump(JUMP_SECONDS) },
  { keys: ['ArrowLeft'], shift: true, shown: ['shift', '←'], does: 'Back 1 second', run: jump(-NUDGE_SECONDS) },
  { keys: ['ArrowRight'], shift: true, shown: ['shift', '→'], does: 'Forward 1 second', run: jump(NUDGE_SECONDS) },
  {
    keys: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    shown: ['0', '…', '9'],
    does: 'Go to 0 … 90 %',
    run: ({ key }) => {
      player.seek((Number(key) / 10) * player.getState().duration);
    },
  },
  { keys: ['Home'], does: 'Go to the start', when: inThePlayer, run: () => player.seek(0) },
  {
    keys: ['End'],
    does: 'Go to the end',
    when: inThePlayer,
    run: () => player.seek(player.getState().duration),
  },
  { keys: ['ArrowUp'], shown: ['↑'], does: 'Volume up', when: inThePlayer, run: louder(VOLUME_STEP) },
  { keys: ['ArrowDown'], shown: ['↓'], does: 'Volume down', when: inThePlayer, run: louder(-VOLUME_STEP) },
  { keys: ['m'], shift: true, shown: ['shift', 'M'], does: 'Mute', run: toggleMuted },
  { keys: ['b'], does: 'Compare with what plays next, or close the comparison', run: toggleCompare },
  { keys: ['b'], shift: true, shown: ['shift', 'B'], does: 'Link the playback of both', run: toggleLinked },
  { keys: ['c'], does: 'Show or hide captions', run: toggleCaptions },
  { keys: ['f'], does: 'Full screen', run: toggleFullScreen },
  { keys: ['w'], does: 'Picture in picture', run: togglePictureInPicture },
];
