import { Alert, Button, Group, Loader } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { type Shortcut, useShortcuts } from '#ui/shortcuts.ts';
import { useSwipe } from '#ui/swipe.ts';
import { ComparePane } from './compare-pane.tsx';
import { useCompare } from './compare-player.ts';
import classes from './player.module.css';
import { PlayerControls } from './player-controls.tsx';
import { PLAYER_KEYS } from './player-keys.ts';
import { player, showPlayerIn, usePlayer } from './studio-player.ts';

export interface PlayerViewProps {
  /** Said while nothing is open. */
  readonly empty: string;
  /** Seconds to show on its track; null where a timeline stands in its place. */
  readonly marks?: readonly number[] | null;
  /** Called when the picture is swiped, with 1 for the next and -1 for the previous. */
  readonly onSwipe?: (direction: 1 | -1) => void;
  /** Drawn over the picture. */
  readonly overlay?: ReactNode;
  /** What a page adds to the controls. */
  readonly children?: ReactNode;
}

const NO_MARKS: readonly number[] = [];
const NO_KEYS: readonly Shortcut[] = [];

/** The player as pages show it: picture, state, controls and keys. */
export function PlayerView({ empty, marks = NO_MARKS, onSwipe, overlay, children }: PlayerViewProps) {
  const slot = useRef<HTMLDivElement>(null);
  const source = usePlayer((state) => state.source);
  const status = usePlayer((state) => state.status);
  const error = usePlayer((state) => state.error);
  const ratio = usePlayer((state) => state.aspectRatio);
  const isComparing = useCompare(({ pinned }) => pinned !== null);
  const swipe = useSwipe(onSwipe);
  useShortcuts(source ? PLAYER_KEYS : NO_KEYS);
  useEffect(() => (slot.current ? showPlayerIn(slot.current) : undefined), []);
  // The box takes the video's shape; as a custom property, so that layouts of a fixed size can leave it.
  useEffect(() => slot.current?.parentElement?.style.setProperty('--player-ratio', String(ratio)), [ratio]);

  return (
    <section className={classes.player} aria-label="Player" data-status={status} data-comparing={isComparing}>
      <ComparePane />
      {/* biome-ignore lint/a11y/useSemanticElements: a button would swallow the keys that move within the video */}
      <div
        className={classes.stage}
        role="button"
        tabIndex={0}
        data-player-stage
        aria-label={status === 'playing' ? 'Pause' : 'Play'}
        onClick={() => source && player.engine.toggle()}
        onKeyDown={(event) => event.key === 'Enter' && source && player.engine.toggle()}
        {...swipe}
      >
        <div ref={slot} className={classes.slot} />
        {overlay}
        {!source && <p className={classes.empty}>{empty}</p>}
        {(status === 'loading' || status === 'waiting') && (
          <Loader className={classes.loader} color="white" size="sm" />
        )}
      </div>
      {error && (
        <Alert color="red" variant="light" radius={0} py={6} role="alert">
          <Group justify="space-between">
            {error}
            <Button size="compact-sm" variant="default" onClick={() => player.engine.retry(player.getState().time)}>
              Retry
            </Button>
          </Group>
        </Alert>
      )}
      {source && <PlayerControls marks={marks}>{children}</PlayerControls>}
    </section>
  );
}

/** The player, from the first time that something plays on. Until then the page has its place. */
export function OpenPlayer({ className }: { className: string | undefined }) {
  const isOpen = usePlayer((state) => state.source !== null);
  if (!isOpen) return null;
  return (
    <div className={className}>
      <PlayerView empty="" />
    </div>
  );
}
