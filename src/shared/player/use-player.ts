import { useSyncExternalStore } from 'react';
import type { PlayerState } from '#engines/player/player-controller.ts';
import { player } from './studio-player.ts';

/** A part of the player's state: a value of it, or one computed that is equal (`Object.is`) while nothing has changed. */
export const usePlayer = <Selected>(select: (state: PlayerState) => Selected): Selected =>
  useSyncExternalStore(player.subscribe, () => select(player.getState()));
