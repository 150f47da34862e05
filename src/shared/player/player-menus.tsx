import { ActionIcon, HoverCard, Menu, Slider } from '@mantine/core';
import { IconBadgeCc, IconLanguage, IconVolume, IconVolume2, IconVolumeOff } from '@tabler/icons-react';
import { type ReactNode, useSyncExternalStore } from 'react';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { getCaptions, showCaptions, subscribeToCaptions } from './captions.ts';
import classes from './player.module.css';
import { player, usePlayer } from './studio-player.ts';

interface Choice {
  readonly key: string;
  readonly label: string;
  readonly isSelected: boolean;
  choose(): void;
}

interface ChoiceMenuProps {
  readonly label: string;
  readonly icon: ReactNode;
  readonly choices: readonly Choice[];
}

/** A button of the player that opens a list of which one item is selected. */
function ChoiceMenu({ label, icon, choices }: ChoiceMenuProps) {
  return (
    <Menu position="top">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={label}>
          {icon}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={choices.find(({ isSelected }) => isSelected)?.key ?? null}
          onChange={(value) => choices.find(({ key }) => key === value)?.choose()}
        >
          {choices.map(({ key, label: text }) => (
            <Menu.RadioItem key={key} value={key} closeMenuOnClick>
              {text}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

/** One string for all that is shown, so that it changes only when something does. */
const getSnapshot = () =>
  getCaptions()
    .map(({ label, language, mode }) => `${label || language}\n${mode}`)
    .join('\n\n');

/** Choice of captions; not there where the stream has none. */
export function CaptionsMenu() {
  const shown = useSyncExternalStore(subscribeToCaptions, getSnapshot);
  if (shown === '') return null;
  const captions = getCaptions();
  const off = {
    key: 'off',
    label: 'Off',
    isSelected: !captions.some(({ mode }) => mode === 'showing'),
    choose: () => showCaptions(null),
  };
  const choices = captions.map((track, index) => ({
    key: `${track.language}-${index}`,
    label: track.label || track.language || `Captions ${index + 1}`,
    isSelected: track.mode === 'showing',
    choose: () => showCaptions(track),
  }));
  return <ChoiceMenu label="Captions" icon={<IconBadgeCc size={18} />} choices={[off, ...choices]} />;
}

/** Choice of the audio track; not there where the video has only one. */
export function AudioTrackMenu() {
  const audioTracks = usePlayer((state) => state.audioTracks);
  if (audioTracks.length < 2) return null;
  const choices = audioTracks.map(({ id, name, isSelected }) => ({
    key: String(id),
    label: name,
    isSelected,
    choose: () => player.engine.selectAudioTrack(id),
  }));
  return <ChoiceMenu label="Audio track" icon={<IconLanguage size={18} />} choices={choices} />;
}

const SPEEDS = [0.25, 0.5, 1, 1.25, 1.5, 2, 4];

/** How fast the video plays; kept from visit to visit. */
export function SpeedMenu() {
  const speed = usePreferences((state) => state.speed);
  const set = usePreferences((state) => state.set);
  return (
    <Menu position="top" width={90}>
      <Menu.Target>
        <button type="button" className={classes.speed} aria-label={`Speed: ${speed} times`}>
          {speed}×
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {SPEEDS.map((rate) => (
          <Menu.Item key={rate} onClick={() => set({ speed: rate })} fw={rate === speed ? 700 : 400}>
            {rate}×
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Mute, and how loud under the pointer; kept from visit to visit. */
export function Volume() {
  const muted = usePreferences((state) => state.muted);
  const volume = usePreferences((state) => state.volume);
  const set = usePreferences((state) => state.set);
  const silent = muted || volume === 0;
  const Icon = silent ? IconVolumeOff : volume < 0.5 ? IconVolume2 : IconVolume;
  return (
    <HoverCard position="top" shadow="md" openDelay={80}>
      <HoverCard.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={silent ? 'Unmute' : 'Mute'}
          onClick={() => set(silent ? { muted: false, volume: volume || 1 } : { muted: true })}
        >
          <Icon size={18} />
        </ActionIcon>
      </HoverCard.Target>
      <HoverCard.Dropdown p="xs">
        <Slider
          w={120}
          size="sm"
          min={0}
          max={100}
          label={null}
          thumbLabel="Volume"
          value={silent ? 0 : Math.round(volume * 100)}
          onChange={(percent) => set({ volume: percent / 100, muted: percent === 0 })}
        />
      </HoverCard.Dropdown>
    </HoverCard>
  );
}
