import { Group, Text } from '@mantine/core';
import {
  IconMaximize,
  IconPictureInPicture,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRepeat,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatClock, formatTimecode } from '#lib/time.ts';
import { IconAction } from '#ui/icon-action.tsx';
import classes from './player.module.css';
import { toggleFullScreen, togglePictureInPicture } from './player-keys.ts';
import { SeekBar } from './seek-bar.tsx';
import { SpeedMenu } from './speed-menu.tsx';
import { player } from './studio-player.ts';
import { AudioTrackMenu, CaptionsMenu } from './track-menus.tsx';
import { usePlayer } from './use-player.ts';
import { Volume } from './volume.tsx';

function Clock({ exact }: { exact: boolean }) {
  const time = usePlayer((state) => state.time);
  const duration = usePlayer((state) => state.duration);
  return (
    <Text className={classes.time} data-exact={exact} data-testid="player-time">
      {exact ? formatTimecode(time) : formatClock(time)} / {formatClock(duration)}
    </Text>
  );
}

function PlayButton() {
  const playing = usePlayer((state) => state.status === 'playing');
  return (
    <IconAction label={playing ? 'Pause' : 'Play'} hint="space" onClick={() => player.engine.toggle()}>
      {playing ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
    </IconAction>
  );
}

export interface PlayerControlsProps {
  /** Seconds to show on the track; null where a timeline stands in its place. */
  readonly marks: readonly number[] | null;
  /** What a page adds. */
  readonly children?: ReactNode;
}

/** Play, track, time, speed, sound, captions, picture in picture and full screen. */
export function PlayerControls({ marks, children }: PlayerControlsProps) {
  const looping = usePlayer((state) => state.loop !== null);
  return (
    <Group className={classes.controls} gap={4} wrap="nowrap">
      <PlayButton />
      {marks ? <SeekBar marks={marks} /> : null}
      <Clock exact={!marks} />
      {!marks && <div style={{ flex: 1 }} />}
      {looping && (
        <IconAction label="Stop looping" hint="R" pressed onClick={() => player.setLoop(null)}>
          <IconRepeat size={18} />
        </IconAction>
      )}
      {children}
      <SpeedMenu />
      <Volume />
      <AudioTrackMenu />
      <CaptionsMenu />
      {document.pictureInPictureEnabled && (
        <IconAction label="Picture in picture" hint="P" onClick={togglePictureInPicture}>
          <IconPictureInPicture size={18} />
        </IconAction>
      )}
      <IconAction label="Full screen" hint="F" onClick={toggleFullScreen}>
        <IconMaximize size={18} />
      </IconAction>
    </Group>
  );
}
