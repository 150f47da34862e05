import { CloseButton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { readSegmentTimes } from '#api/segment-fields.ts';
import { formatClock, getStartOfDay } from '#lib/time.ts';
import { findCachedHit } from '#shared/search/search-queries.ts';
import { useVideoLookup } from '#shared/videos/video-lookup.ts';
import { NO_FILTERS, type PageFilters } from './refinement-url.ts';
import classes from './refinements.module.css';
import type { Search } from './use-search.ts';

const DAY = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const toDay = (day: string) => DAY.format(getStartOfDay(day));

/** A range as a person says it; null for none. */
export function describeRange(
  from: string | null,
  until: string | null,
  words: { from: string; until: string } = { from: 'from', until: 'until' },
): string | null {
  if (from !== null && until !== null) return from === until ? from : `${from} – ${until}`;
  if (from !== null) return `${words.from} ${from}`;
  return until === null ? null : `${words.until} ${until}`;
}

interface ActiveFilter {
  readonly text: string;
  /** The filters without it. */
  readonly rest: PageFilters;
}

/** The filters that are set, each with what is left without it. */
export function getActiveFilters(filters: PageFilters): ActiveFilter[] {
  const { recordedFrom, recordedUntil, addedFrom, addedUntil, minSeconds, maxSeconds, hasSpeech } = filters;
  const days = (from: string | null, until: string | null) => describeRange(from && toDay(from), until && toDay(until));
  const [recorded, added] = [days(recordedFrom, recordedUntil), days(addedFrom, addedUntil)];
  const length = describeRange(
    minSeconds === null ? null : formatClock(minSeconds),
    maxSeconds === null ? null : formatClock(maxSeconds),
    { from: 'at least', until: 'at most' },
  );
  const without = (change: Partial<PageFilters>): PageFilters => ({ ...filters, ...change });
  const { hasSpeech: anySpeech } = NO_FILTERS;
  return [
    ...(recorded ? [{ text: `Recorded ${recorded}`, rest: without({ recordedFrom: null, recordedUntil: null }) }] : []),
    ...(added ? [{ text: `Added ${added}`, rest: without({ addedFrom: null, addedUntil: null }) }] : []),
    ...(length ? [{ text: `Length ${length}`, rest: without({ minSeconds: null, maxSeconds: null }) }] : []),
    ...(hasSpeech === null
      ? []
      : [{ text: hasSpeech ? 'With speech' : 'Without speech', rest: without({ hasSpeech: anySpeech }) }]),
  ];
}

interface ChipProps {
  readonly text: string;
  readonly picture?: string | null | undefined;
  readonly removal: string;
  onRemove(): void;
}

function RefinementChip({ text, picture, removal, onRemove }: ChipProps) {
  return (
    <li className={classes.refinement}>
      {picture && <img src={picture} alt="" />}
      <span>{text}</span>
      <CloseButton size="xs" iconSize={12} aria-label={removal} title={removal} onClick={onRemove} />
    </li>
  );
}

/** What narrows the search beside its words. Removing one is another search. */
export function RefinementChips({ search }: { search: Search }) {
  const { filters, exclude, refine } = search;
  const client = useQueryClient();
  const excluded = exclude.map((exclusion) => ({
    exclusion,
    hit: exclusion.segment_id ? findCachedHit(client, exclusion.segment_id) : undefined,
  }));
  const ids = excluded.flatMap(({ hit }) => hit?.video_id ?? []).join();
  const { getName } = useVideoLookup(useMemo(() => ids.split(',').filter(Boolean), [ids]));
  const active = getActiveFilters(filters);
  if (active.length + exclude.length === 0) return null;
  return (
    <ul className={classes.refinements} aria-label="Active filters">
      {active.map(({ text, rest }) => (
        <RefinementChip
          key={text}
          text={text}
          removal={`Remove the filter “${text}”`}
          onRemove={() => refine({ filters: rest })}
        />
      ))}
      {excluded.map(({ exclusion, hit }) => {
        const { query, segment_id: segmentId } = exclusion;
        const what = hit ? `${getName(hit.video_id)}, ${formatClock(readSegmentTimes(hit).start)}` : 'a segment';
        const text = query ? `Not: ${query}` : `Not like ${what}`;
        return (
          <RefinementChip
            key={query ?? segmentId}
            text={text}
            picture={hit?.thumbnail_url}
            removal={query ? `Stop excluding “${query}”` : `Stop excluding ${what}`}
            onRemove={() => refine({ exclude: exclude.filter((other) => other !== exclusion) })}
          />
        );
      })}
    </ul>
  );
}
