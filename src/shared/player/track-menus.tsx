import { IconBadgeCc, IconLanguage } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { ChoiceMenu } from './choice-menu.tsx';
import { player } from './studio-player.ts';
import { usePlayer } from './use-player.ts';

const tracks = player.engine.video.textTracks;

const subscribe = (listener: () => void) => {
  const events = ['addtrack', 'removetrack', 'change'] as const;
  for (const event of events) tracks.addEventListener(event, listener);
  return () => {
    for (const event of events) tracks.removeEventListener(event, listener);
  };
};

const getCaptions = () => [...tracks].filter(({ kind }) => kind === 'captions' || kind === 'subtitles');
/** One string for all that is shown, so that it changes only when something does. */
const getSnapshot = () =>
  getCaptions()
    .map(({ label, language, mode }) => `${label || language}\n${mode}`)
    .join('\n\n');

/** Choice of captions; not there where the stream has none. */
export function CaptionsMenu() {
  const shown = useSyncExternalStore(subscribe, getSnapshot);
  if (shown === '') return null;
  const captions = getCaptions();
  const show = (chosen: TextTrack | null) => {
    for (const track of captions) track.mode = track === chosen ? 'showing' : 'disabled';
  };
  const off = {
    key: 'off',
    label: 'Off',
    isSelected: !captions.some(({ mode }) => mode === 'showing'),
    choose: () => show(null),
  };
  const choices = captions.map((track, index) => ({
    key: `${track.language}-${index}`,
    label: track.label || track.language || `Captions ${index + 1}`,
    isSelected: track.mode === 'showing',
    choose: () => show(track),
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
