import { ActionIcon, Button, FileButton, Group, Menu, Progress, Select, Skeleton, Stack, Text } from '@mantine/core';
import { IconDotsVertical, IconFilePlus, IconMicrophone } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { TextTrack, VideoText } from '#api/contracts/transcripts.ts';
import type { VideoDetails } from '#api/contracts/videos.ts';
import { getErrorMessage } from '#api/errors.ts';
import { SUBTITLE_EXTENSIONS } from '#shared/videos/subtitle-files.ts';
import { QueryError } from '#ui/query-error.tsx';
import panel from '../panels.module.css';
import { type Line, TranscriptLines } from './transcript-lines.tsx';
import { getTranscriptUrl, useTranscriptChanges, useVideoText } from './transcript-queries.ts';

/** Stands for what is written in the picture among the tracks. */
const ON_SCREEN = 'on-screen';
const SKELETONS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
const SKELETON_HEIGHT = 32;

const toLines = ({ tracks, on_screen }: VideoText, shown: string): Line[] => {
  const cues = tracks.find(({ track_id }) => track_id === shown)?.cues;
  return (cues ?? on_screen).map((entry) => ({
    id: entry.cue_id,
    start: entry.start_ms / 1000,
    end: entry.end_ms / 1000,
    text: entry.text,
    cue: 'is_edited' in entry ? entry : null,
  }));
};

interface TranscriptPanelProps {
  readonly video: VideoDetails;
  onPlay(start: number): void;
}

/** What is said and written in the video, line by line; follows the playhead, and can be edited where it is said. */
export function TranscriptPanel({ video, onPlay }: TranscriptPanelProps) {
  const videoId = video.video_id;
  const { data, error, refetch } = useVideoText(video);
  const [chosen, setChosen] = useState<string | null>(null);
  if (error && !data)
    return <QueryError what="The transcript could not be loaded" error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Stack gap="xs" p="xs" aria-busy>
        {SKELETONS.map((key) => (
          <Skeleton key={key} height={SKELETON_HEIGHT} radius="sm" />
        ))}
      </Stack>
    );
  }
  const options = [
    ...data.tracks.map(({ track_id, name }) => ({ value: track_id, label: name })),
    ...(data.on_screen.length > 0 ? [{ value: ON_SCREEN, label: 'On screen' }] : []),
  ];
  const shown = options.find(({ value }) => value === chosen)?.value ?? options[0]?.value ?? null;
  const track = data.tracks.find(({ track_id }) => track_id === shown);
  return (
    <div className={panel.list}>
      <Group className={panel.filter} gap={6} wrap="nowrap">
        {options.length > 0 && (
          <Select
            size="xs"
            data={options}
            value={shown}
            onChange={setChosen}
            allowDeselect={false}
            aria-label="Transcript track"
            style={{ flex: 1 }}
          />
        )}
        <TrackMenu videoId={videoId} track={track} isEmpty={options.length === 0} onAdded={setChosen} />
      </Group>
      <Recognition videoId={videoId} text={data} />
      {shown === null ? (
        <Text className={panel.none}>
          This video has no transcript. Add a subtitle file (.srt, .vtt or .ass) to search what is said in it.
        </Text>
      ) : (
        <TranscriptLines key={shown} videoId={videoId} lines={toLines(data, shown)} onPlay={onPlay} />
      )}
    </div>
  );
}

/** Speech recognition: offered where nothing is known to be said, and what has become of it. */
function Recognition({ videoId, text: { tracks, recognition } }: { videoId: string; text: VideoText }) {
  const { recognize } = useTranscriptChanges(videoId);
  const { is_available: isAvailable, status, percentage, error } = recognition;
  const failure = recognize.error ? getErrorMessage(recognize.error) : status === 'failed' ? error : null;
  if (status === 'pending' || status === 'in_progress') {
    return (
      <Stack gap={4} px={10} pb={8} role="status">
        <Text size="xs" c="var(--studio-quiet)">
          {status === 'pending' ? 'Speech recognition is waiting …' : `Recognizing speech … ${percentage} %`}
        </Text>
        <Progress size="xs" value={percentage} aria-label="Speech recognition" />
      </Stack>
    );
  }
  const isOffered = isAvailable && (tracks.length === 0 || failure !== null);
  if (!isOffered && failure === null) return null;
  return (
    <Stack gap={6} px={10} pb={8} align="start">
      {failure && (
        <Text size="xs" c="red" role="alert">
          Speech could not be recognized. {failure}
        </Text>
      )}
      {!failure && status === 'completed' && (
        <Text size="xs" c="var(--studio-quiet)">
          No speech was recognized.
        </Text>
      )}
      {isOffered && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconMicrophone size={15} />}
          loading={recognize.isPending}
          onClick={() => recognize.mutate()}
        >
          {failure ? 'Retry' : 'Recognize speech'}
        </Button>
      )}
    </Stack>
  );
}

interface TrackMenuProps {
  readonly videoId: string;
  readonly track: TextTrack | undefined;
  readonly isEmpty: boolean;
  onAdded(trackId: string | null): void;
}

/** Adds a subtitle file, saves and removes the track that is shown. */
function TrackMenu({ videoId, track, isEmpty, onAdded }: TrackMenuProps) {
  const { add, remove } = useTranscriptChanges(videoId);
  const reset = useRef<() => void>(null);
  const failure = add.error ?? remove.error;
  const pick = (file: File | null) => {
    reset.current?.();
    // The new track is shown first.
    if (file) add.mutate(file, { onSuccess: () => onAdded(null) });
  };
  return (
    <>
      <FileButton onChange={pick} accept={SUBTITLE_EXTENSIONS.join(',')} resetRef={reset}>
        {(props) =>
          isEmpty ? (
            <Button
              {...props}
              size="xs"
              variant="default"
              loading={add.isPending}
              leftSection={<IconFilePlus size={15} />}
            >
              Add subtitles
            </Button>
          ) : (
            <ActionIcon
              {...props}
              variant="subtle"
              color="gray"
              loading={add.isPending}
              aria-label="Add subtitles"
              title="Add subtitles"
            >
              <IconFilePlus size={16} />
            </ActionIcon>
          )
        }
      </FileButton>
      {track && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${track.name}`}>
              <IconDotsVertical size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {(['srt', 'vtt', 'txt'] as const).map((format) => (
              <Menu.Item key={format} component="a" href={getTranscriptUrl(videoId, track.track_id, format)} download>
                Save as {format.toUpperCase()}
              </Menu.Item>
            ))}
            {track.source !== 'embedded' && (
              <Menu.Item color="red" onClick={() => remove.mutate(track.track_id)}>
                Remove {track.name}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
      {failure && (
        <Text size="xs" c="red" role="alert">
          {getErrorMessage(failure)}
        </Text>
      )}
    </>
  );
}
