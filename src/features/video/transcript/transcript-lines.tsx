import { Text, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { Cue } from '#api/contracts/transcripts.ts';
import { getErrorMessage } from '#api/errors.ts';
import { plural } from '#lib/format.ts';
import { formatClock, type TimeRange } from '#lib/time.ts';
import { usePlayer } from '#shared/player/studio-player.ts';
import { toMatchPieces } from '#shared/search/match-words.ts';
import { InlineText } from '#ui/inline-text.tsx';
import panel from '../panels.module.css';
import { useFollowPlayhead } from '../use-follow-playhead.ts';
import classes from './transcript.module.css';
import { useTranscriptChanges } from './transcript-queries.ts';

const ROW_HEIGHT = 40;

/** One line of the list. */
export interface Line extends TimeRange {
  readonly id: string;
  readonly text: string;
  /** Null where it cannot be edited. */
  readonly cue: Cue | null;
}

interface LinesProps {
  readonly videoId: string;
  readonly lines: readonly Line[];
  onPlay(start: number): void;
}

/** The lines of a transcript; they follow the playhead, and can be filtered. */
export function TranscriptLines({ videoId, lines, onPlay }: LinesProps) {
  const [words, setWords] = useState('');
  const shown = useMemo(() => {
    const wanted = words.trim().toLowerCase().split(/\s+/).filter(Boolean);
    return lines.filter(({ text }) => wanted.every((word) => text.toLowerCase().includes(word)));
  }, [lines, words]);
  const list = useRef<HTMLDivElement>(null);
  const current = usePlayer(({ time }) => shown.findLastIndex(({ start, end }) => time >= start && time < end));
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => list.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const touch = useFollowPlayhead(list, rows, current);
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
      {shown.length === 0 && <Text className={panel.none}>No lines match.</Text>}
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
          // What was typed is still there when it could not be saved.
          value={edit.isPending || edit.isError ? edit.variables.text : text}
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
