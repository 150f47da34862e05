import { ActionIcon, Menu } from '@mantine/core';
import { IconBadgeCc } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { studioPlayer } from './studio-player.ts';

const tracks = studioPlayer.video.textTracks;

const subscribe = (listener: () => void) => {
  const events = ['addtrack', 'removetrack', 'change'] as const;
  for (const event of events) tracks.addEventListener(event, listener);
  return () => {
    for (const event of events) tracks.removeEventListener(event, listener);
  };
};

const captions = () => [...tracks].filter(({ kind }) => kind === 'captions' || kind === 'subtitles');
/** One string for all that is shown, so that it changes only when something does. */
const snapshot = () =>
  captions()
    .map(({ label, language, mode }) => `${label || language}\n${mode}`)
    .join('\n\n');

/** Choice of captions; not there where the stream has none. */
export function CaptionsMenu() {
  const shown = useSyncExternalStore(subscribe, snapshot);
  if (shown === '') return null;
  const choose = (chosen: TextTrack | null) => {
    for (const track of captions()) track.mode = track === chosen ? 'showing' : 'disabled';
  };
  return (
    <Menu position="top">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label="Captions">
          <IconBadgeCc size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => choose(null)}>Off</Menu.Item>
        {captions().map((track, index) => (
          <Menu.Item
            key={track.id || `${track.language}-${index}`}
            onClick={() => choose(track)}
            fw={track.mode === 'showing' ? 700 : 400}
          >
            {track.label || track.language || `Captions ${index + 1}`}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
