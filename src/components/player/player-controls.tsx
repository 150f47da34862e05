import { ActionIcon, Group, Menu, Text, Tooltip } from '@mantine/core';
import {
  IconMaximize,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react';
import { useState } from 'react';
import { formatClock } from '#lib/time.ts';
import { usePlayer } from '#stores/player.ts';
import classes from './player.module.css';
import { studioPlayer } from './studio-player.ts';
import { Track } from './track.tsx';

const SPEEDS = [0.5, 1, 1.5, 2];

function Speed() {
  const [speed, setSpeed] = useState(studioPlayer.video.playbackRate);
  const choose = (rate: number) => {
    studioPlayer.video.playbackRate = rate;
    setSpeed(rate);
  };
  return (
    <Menu position="top" width={90}>
      <Menu.Target>
        <button type="button" className={classes.speed} aria-label={`Speed: ${speed} times`}>
          {speed}×
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {SPEEDS.map((rate) => (
          <Menu.Item key={rate} onClick={() => choose(rate)} fw={rate === speed ? 700 : 400}>
            {rate}×
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Mute() {
  const [muted, setMuted] = useState(studioPlayer.video.muted);
  const toggle = () => {
    studioPlayer.video.muted = !muted;
    setMuted(!muted);
  };
  return (
    <Tooltip label={muted ? 'Unmute' : 'Mute'}>
      <ActionIcon variant="subtle" color="gray" onClick={toggle} aria-label={muted ? 'Unmute' : 'Mute'}>
        {muted ? <IconVolumeOff size={18} /> : <IconVolume size={18} />}
      </ActionIcon>
    </Tooltip>
  );
}

/** Play, track, time, speed, sound and full screen. */
export function PlayerControls({ marks }: { marks: readonly number[] }) {
  const playing = usePlayer((state) => state.status === 'playing');
  const time = usePlayer((state) => state.time);
  const duration = usePlayer((state) => state.duration);
  const label = playing ? 'Pause' : 'Play';
  return (
    <Group className={classes.controls} gap="xs" wrap="nowrap">
      <Tooltip label={label}>
        <ActionIcon variant="subtle" color="gray" onClick={() => studioPlayer.toggle()} aria-label={label}>
          {playing ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
        </ActionIcon>
      </Tooltip>
      <Track marks={marks} />
      <Text className={classes.time} data-testid="player-time">
        {formatClock(time)} / {formatClock(duration)}
      </Text>
      <Speed />
      <Mute />
      <Tooltip label="Full screen">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Full screen"
          onClick={() => void studioPlayer.video.requestFullscreen()}
        >
          <IconMaximize size={18} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
