import { ActionIcon, HoverCard, Slider } from '@mantine/core';
import { IconVolume, IconVolume2, IconVolumeOff } from '@tabler/icons-react';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';

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
