import { ActionIcon, Button, FileButton, Group, Menu, Select, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconDotsVertical, IconFilePlus, IconFilter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Cue, TextTrack, VideoText } from '#api/contracts/transcripts.ts';
import { getErrorMessage } from '#api/errors.ts';
import { plural } from '#lib/format.ts';
import { formatClock, type TimeRange } from '#lib/time.ts';
import { usePlayer } from '#shared/player/studio-player.ts';
import { toMatchPieces } from '#shared/search/match-words.ts';
import { InlineText } from '#ui/inline-text.tsx';
import { QueryError } from '#ui/query-error.tsx';
import panel from '../panels.module.css';
import classes from './transcript.module.css';
import { getTranscriptUrl, useTranscriptChanges, videoTextQuery } from './transcript-queries.ts';

const SUBTITLE_FILES = '.srt,.vtt,.ass,.ssa,text/vtt,application/x-subrip';
/** Stands for what is written in the picture among the tracks. */
const ON_SCREEN = 'on-screen';
const SKELETONS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];
const ROW_HEIGHT = 40;
/** How long the list leaves a person alone who has moved it. */
const HANDS_OFF_MS = 4_000;

/** One line of the list. */
interface Line extends TimeRange {
  readonly id: string;
  readonly text: string;
  /** Null where it cannot be edited. */
  readonly cue: Cue | null;
}

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
  readonly videoId: string;
  onPlay(start: number): void;
}

/** What is said and written in the video, line by line; follows the playhead, and can be edited where it is said. */
export function TranscriptPanel({ videoId, onPlay }: TranscriptPanelProps) {
  const { data, error, refetch } = useQuery(videoTextQuery(videoId));
  const [chosen, setChosen] = useState<string | null>(null);
  if (error)
    return <QueryError what="The transcript could not be loaded" error={error} onRetry={() => void refetch()} />;
  if (!data) {
    return (
      <Stack gap="xs" p="xs" aria-busy>
        {SKELETONS.map((key) => (
          <Skeleton key={key} height={ROW_HEIGHT - 8} radius="sm" />
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
            aria-label="Words of"
            style={{ flex: 1 }}
          />
        )}
        <TrackMenu videoId={videoId} track={track} isEmpty={options.length === 0} onAdded={setChosen} />
      </Group>
      {shown === null ? (
        <Text className={panel.none}>
          No words are known of this video. Add a subtitle file (.srt, .vtt or .ass) to search what is said in it.
        </Text>
      ) : (
        <Lines key={shown} videoId={videoId} lines={toLines(data, shown)} onPlay={onPlay} />
      )}
    </div>
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
      <FileButton onChange={pick} accept={SUBTITLE_FILES} resetRef={reset}>
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

interface LinesProps {
  readonly videoId: string;
  readonly lines: readonly Line[];
  onPlay(start: number): void;
}

function Lines({ videoId, lines, onPlay }: LinesProps) {
  const [words, setWords] = useState('');
  const shown = useMemo(() => {
    const wanted = words.trim().toLowerCase().split(/\s+/).filter(Boolean);
    return lines.filter(({ text }) => wanted.every((word) => text.toLowerCase().includes(word)));
  }, [lines, words]);
  const list = useRef<HTMLDivElement>(null);
  const touched = useRef(Number.NEGATIVE_INFINITY);
  const current = usePlayer(({ time }) => shown.findLastIndex(({ start, end }) => time >= start && time < end));
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => list.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  useEffect(() => {
    const isLeft = performance.now() - touched.current > HANDS_OFF_MS;
    if (current >= 0 && isLeft && !list.current?.contains(document.activeElement))
      rows.scrollToIndex(current, { align: 'auto' });
  }, [current, rows]);
  const touch = () => {
    touched.current = performance.now();
  };
  return (
    <>
      <TextInput
        className={panel.filter}
        size="xs"
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        placeholder="Search in the transcript"
        aria-label="Search in the transcript"
        leftSection={<IconFilter size={14} />}
      />
      {shown.length === 0 && <Text className={panel.none}>No line has these words.</Text>}
      <div ref={list} className={panel.scroll} onWheel={touch} onPointerDown={touch} data-testid="transcript">
        <ul className={panel.rows} style={{ height: rows.getTotalSize() }} aria-label={plural(shown.length, 'line')}>
          {rows.getVirtualItems().map(({ index, start, key }) => {
            const line = shown[index];
            return (
              line && (
                <li
                  key={key}
                  ref={rows.measureElement}
                  data-index={index}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <TranscriptLine
                    videoId={videoId}
                    line={line}
                    words={words}
                    isCurrent={index === current}
                    onPlay={onPlay}
                  />
                </li>
              )
            );
          })}
        </ul>
      </div>
    </>
  );
}

interface TranscriptLineProps {
  readonly videoId: string;
  readonly line: Line;
  readonly words: string;
  readonly isCurrent: boolean;
  onPlay(start: number): void;
}

/** A line: its time plays it, its text is edited where it stands. */
function TranscriptLine({ videoId, line, words, isCurrent, onPlay }: TranscriptLineProps) {
  const { edit } = useTranscriptChanges(videoId);
  const { start, text, cue } = line;
  const time = formatClock(start);
  const save = (next: string) => {
    if (cue && next !== '') edit.mutate({ cueId: cue.cue_id, text: next });
  };
  return (
    <div className={classes.line} aria-current={isCurrent}>
      <button type="button" className={classes.time} onClick={() => onPlay(start)} aria-label={`Play from ${time}`}>
        {time}
      </button>
      {cue && words === '' ? (
        <InlineText
          value={edit.isPending ? edit.variables.text : text}
          label={`Text at ${time}`}
          placeholder="Text"
          multiline
          error={edit.error ? getErrorMessage(edit.error) : null}
          onSave={save}
        />
      ) : (
        <button type="button" className={classes.text} onClick={() => onPlay(start)}>
          {toMatchPieces(text, words).map((piece, index) =>
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move
            piece.isMatch ? <mark key={index}>{piece.text}</mark> : piece.text,
          )}
        </button>
      )}
      {cue?.is_edited && <span className={classes.edited}>edited</span>}
    </div>
  );
}
