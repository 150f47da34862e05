import { ActionIcon, Button, Skeleton, Stack, Text, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconArrowUpRight, IconBan, IconChevronDown, IconChevronRight, IconPhotoSearch } from '@tabler/icons-react';
import { memo, type RefObject } from 'react';
import { Link } from 'react-router';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { getText } from '#api/segment-fields.ts';
import { plural } from '#lib/format.ts';
import type { Verdict } from '#shared/browser-data/reviews-store.ts';
import { MatchReason } from '#shared/search/match-reason.tsx';
import { pictureState } from '#shared/search/picture-query.ts';
import { hasSimilarity } from '#shared/search/relevance.ts';
import { COLLECTIONS, VIDEOS } from '#shared/search/use-scope.ts';
import { SegmentRow } from '#shared/segments/segment-row.tsx';
import { ScrubPicture } from '#shared/videos/scrub-picture.tsx';
import { applyChanges, toChange, useUrlState } from '#ui/url-state.ts';
import { useStableCallback } from '#ui/use-stable-callback.ts';
import classes from './search-page.module.css';
import type { Result, ResultGroup, Results } from './use-results.ts';
import { LIKE } from './use-search.ts';
import { type ReviewFilter, VerdictMark } from './verdicts.tsx';

/** The rows of the results in an element, in order. */
export const getRows = (list: HTMLElement): HTMLElement[] => [
  ...list.querySelectorAll<HTMLElement>('button[data-start]'),
];

interface HitRowProps {
  readonly result: Result;
  /** False under a heading that says the video's name. */
  readonly isNamed: boolean;
  readonly name: string;
  readonly video: VideoListItem | undefined;
  readonly query: string;
  readonly isPlaying: boolean;
  readonly verdict: Verdict | null;
  onPlay(id: string): void;
  onNear(result: Result): void;
  /** Searches again without segments like it; null where that cannot be done. */
  readonly onExclude: ((segmentId: string) => void) | null;
}

/** The similarity of a result, which a threshold can be set for. */
function Score({ score }: { score: number }) {
  const text = score.toFixed(2);
  return (
    <span title={`Similarity ${text}`}>
      <VisuallyHidden>Similarity </VisuallyHidden>
      {text}
    </span>
  );
}

/**
 * One result: pressed, it plays; its arrow opens the video's own page with all hits on the timeline. Drawn again only when it
 * changes: what plays must not wait for a hundred of them.
 */
const HitRow = memo(function HitRow({
  result,
  isNamed,
  name,
  video,
  query,
  isPlaying,
  verdict,
  onPlay,
  onNear,
  onExclude,
}: HitRowProps) {
  const { id, hit, start, end } = result;
  const link = new URLSearchParams({ t: String(start), q: query });
  const { get } = useUrlState();
  /** Within the same videos and collections. */
  const likeSearch = (segmentId: string) =>
    applyChanges(new URLSearchParams(), [
      toChange(LIKE, segmentId),
      toChange(VIDEOS, get(VIDEOS)),
      toChange(COLLECTIONS, get(COLLECTIONS)),
    ]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a list of links and buttons, without the looks of one
    <div role="listitem" className={classes.hit} data-result={id} data-verdict={verdict}>
      <SegmentRow
        thumbnail={hit.thumbnail_url}
        video={video}
        start={start}
        end={end}
        heading={isNamed ? name : null}
        text={getText(hit)}
        aside={hasSimilarity(hit) ? <Score score={hit.score ?? 0} /> : null}
        facts={
          <>
            <MatchReason hit={hit} query={query} />
            <VerdictMark verdict={verdict} />
          </>
        }
        current={isPlaying}
        onPlay={() => onPlay(id)}
        onNear={() => onNear(result)}
      />
      <span className={classes.hitActions}>
        {hit.segment_id && (
          <Tooltip label="More like this (1 credit)">
            <ActionIcon
              component={Link}
              to={`/search?${likeSearch(hit.segment_id)}`}
              state={pictureState(undefined, hit.thumbnail_url ? { preview: hit.thumbnail_url } : {})}
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={`More like this segment of ${name} (1 credit)`}
            >
              <IconPhotoSearch size={15} />
            </ActionIcon>
          </Tooltip>
        )}
        {hit.segment_id && onExclude && (
          <Tooltip label="Not like this (1 credit)">
            <ActionIcon
              className={classes.rowExclude}
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={`Not like this segment of ${name} (1 credit)`}
              onClick={() => onExclude(hit.segment_id ?? '')}
            >
              <IconBan size={15} />
            </ActionIcon>
          </Tooltip>
        )}
        <Tooltip label="Open video at this segment">
          <ActionIcon
            component={Link}
            to={`/videos/${hit.video_id}?${link}`}
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={`Open ${name} at this segment`}
          >
            <IconArrowUpRight size={15} />
          </ActionIcon>
        </Tooltip>
      </span>
    </div>
  );
});

const SKELETONS = ['one', 'two', 'three', 'four', 'five'];

interface ShownBy {
  readonly query: string;
  readonly onExclude: ((segmentId: string) => void) | null;
  getVideo(videoId: string): VideoListItem | undefined;
  getName(videoId: string): string;
}

interface HitListProps extends ShownBy {
  readonly results: Results;
  readonly filter: ReviewFilter;
  /** Whether filters or exclusions may be why there is nothing. */
  readonly isNarrowed: boolean;
  /** The list, once results are there. */
  readonly list: RefObject<HTMLDivElement | null>;
}

/** The id of the result whose row has the focus. */
export const getFocusedResult = (): string | undefined =>
  document.activeElement?.closest<HTMLElement>('[data-result]')?.dataset.result;

/** What the arrow keys walk: the rows, and what unfolds the weaker ones. */
const WALKED = 'button[data-start], button[aria-expanded]';

/** Moves the focus along the rows with the arrow keys. */
function walk(event: React.KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>(WALKED)];
  const at = rows.findIndex((row) => row.matches(':focus'));
  rows[at + (event.key === 'ArrowDown' ? 1 : -1)]?.focus();
  event.preventDefault();
}

/** Stands for the results while they are searched for. */
export function HitSkeletons() {
  return (
    <Stack gap="xs" aria-busy>
      {SKELETONS.map((key) => (
        <Skeleton key={key} height={72} radius="md" />
      ))}
    </Stack>
  );
}

const EMPTY_LISTS: Readonly<Record<Exclude<ReviewFilter, 'all'>, string>> = {
  open: 'Every close match is reviewed.',
  kept: 'No close match is kept yet. Press Y on a result to keep it.',
  rejected: 'No close match is rejected.',
};

/** Ranked segments, those that were probably meant before those that merely came back. */
export function HitList({ results, filter, isNarrowed, list, ...shown }: HitListProps) {
  const { strong, weak, isUnfolded, toggleWeak } = results;
  const weakCount = weak.reduce((sum, group) => sum + group.results.length, 0);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows are buttons; arrows only move between them
    <div ref={list} onKeyDown={walk} data-testid="hits">
      {strong.every((group) => group.results.length === 0) && (
        <Text c="var(--studio-quiet)" size="sm" p={6} role="status">
          {filter === 'all'
            ? `No close matches${shown.query ? ` for “${shown.query}”` : ''}. Try describing what is visible, said or written, use other words, ${isNarrowed ? 'remove filters, ' : ''}or widen the scope.`
            : EMPTY_LISTS[filter]}
        </Text>
      )}
      <Hits groups={strong} results={results} {...shown} />
      {weakCount > 0 && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          my={6}
          leftSection={isUnfolded ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
          aria-expanded={isUnfolded}
          onClick={toggleWeak}
        >
          {plural(weakCount, 'weaker match', 'weaker matches')}
        </Button>
      )}
      {isUnfolded && <Hits groups={weak} results={results} {...shown} />}
    </div>
  );
}

interface HitsProps extends ShownBy {
  readonly groups: readonly ResultGroup[];
  readonly results: Results;
}

function Hits({
  groups,
  results: { playingId, play, prefetch, getVerdict },
  query,
  getVideo,
  getName,
  onExclude,
}: HitsProps) {
  const onPlay = useStableCallback(play);
  const onNear = useStableCallback(prefetch);
  const exclude = useStableCallback((segmentId: string) => onExclude?.(segmentId));
  const toRow = (result: Result, isNamed: boolean) => (
    <HitRow
      key={result.id}
      result={result}
      isNamed={isNamed}
      name={getName(result.hit.video_id)}
      video={getVideo(result.hit.video_id)}
      query={query}
      isPlaying={result.id === playingId}
      verdict={getVerdict(result)}
      onPlay={onPlay}
      onNear={onNear}
      onExclude={onExclude && exclude}
    />
  );
  return groups.map(({ videoId, results }) =>
    videoId === null ? (
      // biome-ignore lint/a11y/useSemanticElements: as above
      <div role="list" aria-label="Results" key="all">
        {results.map((result) => toRow(result, true))}
      </div>
    ) : (
      <section key={videoId}>
        <Link className={classes.group} to={`/videos/${videoId}?${new URLSearchParams({ q: query })}`}>
          <ScrubPicture video={getVideo(videoId)} poster={getVideo(videoId)?.thumbnail_path} />
          <h2>{getName(videoId)}</h2>
          <span>{plural(results.length, 'hit')}</span>
        </Link>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div role="list" aria-label={`Results in ${getName(videoId)}`}>
          {results.map((result) => toRow(result, false))}
        </div>
      </section>
    ),
  );
}
