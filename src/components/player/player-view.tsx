import { Alert, Loader } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { usePlayer } from '#stores/player.ts';
import classes from './player.module.css';
import { PlayerControls } from './player-controls.tsx';
import { showPlayerIn, studioPlayer } from './studio-player.ts';

const SEEK_SECONDS = 5;

function handleKey(event: React.KeyboardEvent): void {
  const { time, seek } = usePlayer.getState();
  if (event.key === ' ' || event.key === 'k') studioPlayer.toggle();
  else if (event.key === 'ArrowLeft') seek(Math.max(0, time - SEEK_SECONDS));
  else if (event.key === 'ArrowRight') seek(time + SEEK_SECONDS);
  else return;
  event.preventDefault();
}

/** The player as pages show it: picture, state and controls. `marks` are seconds to show on its track. */
export function PlayerView({ empty, marks = [] }: { empty: string; marks?: readonly number[] }) {
  const slot = useRef<HTMLDivElement>(null);
  const source = usePlayer((state) => state.source);
  const status = usePlayer((state) => state.status);
  const error = usePlayer((state) => state.error);

  useEffect(() => (slot.current ? showPlayerIn(slot.current) : undefined), []);

  return (
    <section className={classes.player} aria-label="Player" data-status={status}>
      {/* biome-ignore lint/a11y/useSemanticElements: a button would swallow the keys that move within the video */}
      <div
        className={classes.stage}
        role="button"
        tabIndex={0}
        aria-label={status === 'playing' ? 'Pause' : 'Play'}
        onClick={() => source && studioPlayer.toggle()}
        onKeyDown={handleKey}
      >
        <div ref={slot} className={classes.slot} />
        {!source && <p className={classes.empty}>{empty}</p>}
        {(status === 'loading' || status === 'waiting') && (
          <Loader className={classes.loader} color="white" size="sm" />
        )}
      </div>
      {error && (
        <Alert color="red" variant="light" radius={0}>
          {error}
        </Alert>
      )}
      {source && <PlayerControls marks={marks} />}
    </section>
  );
}
