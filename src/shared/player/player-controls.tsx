import { Group, Text } from '@mantine/core';
import {
  IconColumns2,
  IconMaximize,
  IconPictureInPicture,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconRepeat,
} from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { formatClock, formatTimecode, parseTimecode } from '#lib/time.ts';
import { IconAction } from '#ui/icon-action.tsx';
import { toggleCompare, useCompare } from './compare-player.ts';
import classes from './player.module.css';
import { toggleFullScreen, togglePictureInPicture } from './player-keys.ts';
import { AudioTrackMenu, CaptionsMenu, SpeedMenu, Volume } from './player-menus.tsx';
import { player, usePlayer } from './studio-player.ts';

/** The line of time: what has played, where segments start, and a thumb to move. */
function SeekBar({ marks }: { marks: readonly number[] }) {
  const time = usePlayer((state) => state.time);
  const duration = usePlayer((state) => state.duration);
  const percent = (seconds: number) => `${duration > 0 ? (seconds / duration) * 100 : 0}%`;
  return (
    <div className={classes.track}>
      <div className={classes.rail}>
        <div className={classes.played} style={{ width: percent(time) }} />
        {marks.map((mark) => (
          <i key={mark} className={classes.mark} style={{ left: percent(mark) }} />
        ))}
      </div>
      <input
        type="range"
        className={classes.range}
        min={0}
        max={Math.max(duration, 0.01)}
        step={0.01}
        value={Math.min(time, duration)}
        onChange={(event) => player.seek(Number(event.currentTarget.value))}
        aria-label="Position in the video"
        aria-valuetext={`${formatClock(time)} of ${formatClock(duration)}`}
      />
    </div>
  );
}

/** The current time, which can be typed and pasted: Enter seeks there. */
function TimecodeField() {
  const time = usePlayer((state) => state.time);
  const duration = usePlayer((state) => state.duration);
  const [draft, setDraft] = useState<string | null>(null);
  const typed = draft === null ? time : parseTimecode(draft);
  return (
    <input
      className={classes.timecode}
      aria-label="Current time"
      aria-invalid={Number.isNaN(typed)}
      value={draft ?? formatTimecode(time)}
      onFocus={(event) => {
        setDraft(formatTimecode(time));
        event.currentTarget.select();
      }}
      onBlur={() => setDraft(null)}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !Number.isNaN(typed)) player.seek(Math.min(Math.max(0, typed), duration));
        if (event.key === 'Escape' || (event.key === 'Enter' && !Number.isNaN(typed))) event.currentTarget.blur();
      }}
    />
  );
}

function Clock({ exact }: { exact: boolean }) {
  const time = usePlayer((state) => (exact ? 0 : state.time));
  const duration = usePlayer((state) => state.duration);
  return (
    <Text component="div" className={classes.time} data-testid="player-time">
      {exact ? <TimecodeField /> : formatClock(time)} / {formatClock(duration)}
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

function CompareButton() {
  const isOpen = useCompare(({ pinned }) => pinned !== null);
  return (
    <IconAction
      label={isOpen ? 'Close comparison' : 'Compare with what plays next'}
      hint="B"
      pressed={isOpen}
      onClick={toggleCompare}
    >
      <IconColumns2 size={18} />
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
      {looping && marks && (
        <IconAction label="Stop looping" hint="R" pressed onClick={() => player.setLoop(null)}>
          <IconRepeat size={18} />
        </IconAction>
      )}
      {children}
      <CompareButton />
      <SpeedMenu />
      <Volume />
      <AudioTrackMenu />
      <CaptionsMenu />
      {document.pictureInPictureEnabled && (
        <span className={classes.pictureInPicture}>
          <IconAction label="Picture in picture" hint="W" onClick={togglePictureInPicture}>
            <IconPictureInPicture size={18} />
          </IconAction>
        </span>
      )}
      <IconAction label="Full screen" hint="F" onClick={toggleFullScreen}>
        <IconMaximize size={18} />
      </IconAction>
    </Group>
  );
}
