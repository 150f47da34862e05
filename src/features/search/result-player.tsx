import { Group, Select, Text, VisuallyHidden } from '@mantine/core';
import { IconBan, IconChevronLeft, IconChevronRight, IconPlayerPlayFilled } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { Link } from 'react-router';
import { formatClock } from '#lib/time.ts';
import { usePreferences } from '#shared/browser-data/preferences-store.ts';
import { PlayerView } from '#shared/player/player-view.tsx';
import { player, usePlayer } from '#shared/player/studio-player.ts';
import { IconAction } from '#ui/icon-action.tsx';
import { useShortcuts } from '#ui/shortcuts.ts';
import { getFocusedResult } from './hit-list.tsx';
import { resultKeys } from './result-keys.ts';
import classes from './result-player.module.css';
import type { Result, Results } from './use-results.ts';
import { VERDICTS, VerdictButtons } from './verdicts.tsx';

const ENDS = [
  { value: 'stop', label: 'Stop at end' },
  { value: 'loop', label: 'Loop result' },
  { value: 'next', label: 'Play next result' },
  { value: 'continue', label: 'Continue video' },
] as const;

interface ResultPlayerProps {
  readonly results: Results;
  getName(videoId: string): string;
  /** Plays the result that is so many places further in the list. */
  onGo(by: 1 | -1): void;
  /** Searches again without segments like one; null where that cannot be done. */
  readonly onExclude: ((segmentId: string) => void) | null;
}

/** The first result, before anything plays: what is needed to play it is fetched already. */
function FirstFrame({ result, results, getName }: Pick<ResultPlayerProps, 'results' | 'getName'> & { result: Result }) {
  const { hit, start } = result;
  const { prefetch } = results;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each result
  useEffect(() => prefetch(result), []);
  return (
    <button
      type="button"
      className={classes.firstFrame}
      aria-label={`Play the first result: ${getName(hit.video_id)}, ${formatClock(start)}`}
      onClick={() => results.play(result.id)}
    >
      {hit.thumbnail_url && <img src={hit.thumbnail_url} alt="" />}
      <IconPlayerPlayFilled size={44} aria-hidden />
    </button>
  );
}

/** The player of the search page: which result plays, the others of its video on the track, and what happens at its end. */
export function ResultPlayer({ results, getName, onGo, onExclude }: ResultPlayerProps) {
  const { resultEnd, set } = usePreferences();
  const source = usePlayer((state) => state.source);
  const { position, results: all } = results;
  const result = all[position];
  const isOpen = result !== undefined && result.hit.video_id === source?.videoId;
  const marks = useMemo(
    () => all.flatMap(({ hit, start }) => (hit.video_id === source?.videoId ? [start] : [])),
    [all, source],
  );
  const verdict = result ? results.getVerdict(result) : null;
  const { toggleVerdict } = results;
  const keys = useMemo(
    () =>
      resultKeys({
        go: onGo,
        toggleVerdict: (next) => toggleVerdict(getFocusedResult() ?? result?.id ?? '', next),
      }),
    [onGo, toggleVerdict, result],
  );
  useShortcuts(keys);
  const [first] = all;
  if (!source) {
    // The place of the player, until there is something to play.
    return first ? <FirstFrame key={first.id} result={first} results={results} getName={getName} /> : null;
  }
  return (
    <>
      <PlayerView empty="Select a result to play it here." marks={marks} onSwipe={onGo} />
      <Group className={classes.playing} justify="space-between" gap="xs" wrap="nowrap">
        <div className={classes.playingWords}>
          <Link to={`/videos/${source.videoId}`} className={classes.playingName}>
            {isOpen ? getName(source.videoId) : source.title}
          </Link>
          {isOpen && (
            <Text size="xs" c="var(--studio-quiet)" className={classes.times}>
              {formatClock(result.start)}–{formatClock(result.end)}
            </Text>
          )}
        </div>
        <Group gap={4} className={classes.playingTools}>
          {all.length > 0 && (
            <>
              <IconAction label="Previous result" hint="P" disabled={position === 0} onClick={() => onGo(-1)}>
                <IconChevronLeft size={17} />
              </IconAction>
              <Text size="xs" className={classes.times} role="status" aria-label="Result">
                {position < 0 ? `${all.length} results` : `${position + 1} of ${all.length}`}
                {VERDICTS.map((known) =>
                  known.verdict === verdict ? (
                    <VisuallyHidden key={known.verdict}>, {known.said.toLowerCase()}</VisuallyHidden>
                  ) : null,
                )}
              </Text>
              <IconAction label="Next result" hint="N" disabled={position === all.length - 1} onClick={() => onGo(1)}>
                <IconChevronRight size={17} />
              </IconAction>
            </>
          )}
          {result && <VerdictButtons verdict={verdict} onToggle={(next) => toggleVerdict(result.id, next)} />}
          {result?.hit.segment_id && onExclude && (
            <IconAction label="Not like this (1 credit)" onClick={() => onExclude(result.hit.segment_id ?? '')}>
              <IconBan size={17} />
            </IconAction>
          )}
          <Select
            size="xs"
            className={classes.atEnd}
            data={ENDS}
            value={resultEnd}
            onChange={(value) => {
              const chosen = ENDS.find((known) => known.value === value)?.value ?? 'stop';
              set({ resultEnd: chosen });
              player.setRangeEnd(chosen);
            }}
            allowDeselect={false}
            aria-label="At the end of a result"
          />
        </Group>
      </Group>
    </>
  );
}
