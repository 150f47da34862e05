import type { Exclusion, SearchFilters } from '#api/contracts/requests.ts';
import { getEndOfDay, getStartOfDay } from '#lib/time.ts';
import type { Refinement } from '#shared/search/refinement.ts';
import { dayParameter, numberParameter, toChange, type UrlChange, type UrlParameter } from '#ui/url-state.ts';

/** Which videos are searched, as the page and its URL have it. */
export interface PageFilters {
  /** Days as `YYYY-MM-DD` where the page is read, both included. */
  readonly recordedFrom: string | null;
  readonly recordedUntil: string | null;
  readonly addedFrom: string | null;
  readonly addedUntil: string | null;
  readonly minSeconds: number | null;
  readonly maxSeconds: number | null;
  readonly hasSpeech: boolean | null;
}

export const NO_FILTERS: PageFilters = {
  recordedFrom: null,
  recordedUntil: null,
  addedFrom: null,
  addedUntil: null,
  minSeconds: null,
  maxSeconds: null,
  hasSpeech: null,
};

const SPEECH: UrlParameter<boolean | null> = {
  name: 'speech',
  parse: (text) => (text === 'yes' ? true : text === 'no' ? false : null),
  format: (hasSpeech) => (hasSpeech === null ? null : hasSpeech ? 'yes' : 'no'),
};
const RECORDED_FROM = dayParameter('recorded_from');
const RECORDED_UNTIL = dayParameter('recorded_until');
const ADDED_FROM = dayParameter('added_from');
const ADDED_UNTIL = dayParameter('added_until');
const MIN_SECONDS = numberParameter('min_s');
const MAX_SECONDS = numberParameter('max_s');

type Get = <Value>(parameter: UrlParameter<Value>) => Value;

export const readFilters = (get: Get): PageFilters => ({
  recordedFrom: get(RECORDED_FROM),
  recordedUntil: get(RECORDED_UNTIL),
  addedFrom: get(ADDED_FROM),
  addedUntil: get(ADDED_UNTIL),
  minSeconds: get(MIN_SECONDS),
  maxSeconds: get(MAX_SECONDS),
  hasSpeech: get(SPEECH),
});

export const toFilterChanges = (filters: PageFilters): UrlChange[] => [
  toChange(RECORDED_FROM, filters.recordedFrom),
  toChange(RECORDED_UNTIL, filters.recordedUntil),
  toChange(ADDED_FROM, filters.addedFrom),
  toChange(ADDED_UNTIL, filters.addedUntil),
  toChange(MIN_SECONDS, filters.minSeconds),
  toChange(MAX_SECONDS, filters.maxSeconds),
  toChange(SPEECH, filters.hasSpeech),
];

/** Stands between exclusions in the URL, and cannot be part of one. */
const SEPARATOR = '|';
const SEGMENT_PREFIX = 'segment:';

/** What hits are not to be like: words as they are, segments as `segment:id`. */
export const EXCLUDE: UrlParameter<readonly Exclusion[]> = {
  name: 'not',
  parse: (text) =>
    (text ?? '')
      .split(SEPARATOR)
      .map((part) => part.trim())
      .filter(Boolean)
      .map((part) =>
        part.startsWith(SEGMENT_PREFIX) ? { segment_id: part.slice(SEGMENT_PREFIX.length) } : { query: part },
      ),
  format: (exclusions) =>
    exclusions
      .map(({ query, segment_id: segmentId }) =>
        segmentId ? `${SEGMENT_PREFIX}${segmentId}` : (query ?? '').replaceAll(SEPARATOR, ' '),
      )
      .join(SEPARATOR) || null,
};

/** The similarity that results need to be listed; null for any. */
export const MIN_SCORE: UrlParameter<number | null> = numberParameter('min_score');

const toStart = (day: string) => getStartOfDay(day).toISOString();
const toEnd = (day: string) => getEndOfDay(day).toISOString();

/** Filters as requests have them. */
export const toRequestFilters = (filters: PageFilters): SearchFilters => ({
  ...(filters.recordedFrom ? { recorded_from: toStart(filters.recordedFrom) } : {}),
  ...(filters.recordedUntil ? { recorded_until: toEnd(filters.recordedUntil) } : {}),
  ...(filters.addedFrom ? { added_from: toStart(filters.addedFrom) } : {}),
  ...(filters.addedUntil ? { added_until: toEnd(filters.addedUntil) } : {}),
  ...(filters.minSeconds === null ? {} : { min_seconds: filters.minSeconds }),
  ...(filters.maxSeconds === null ? {} : { max_seconds: filters.maxSeconds }),
  ...(filters.hasSpeech === null ? {} : { has_speech: filters.hasSpeech }),
});

const toDay = (date: string | null | undefined): string | null => {
  const time = new Date(date ?? '');
  if (Number.isNaN(time.getTime())) return null;
  const pad = (value: number, length: number) => String(value).padStart(length, '0');
  return `${pad(time.getFullYear(), 4)}-${pad(time.getMonth() + 1, 2)}-${pad(time.getDate(), 2)}`;
};

/** Filters of a request as the page has them. */
export const fromRequestFilters = (filters: SearchFilters): PageFilters => ({
  recordedFrom: toDay(filters.recorded_from),
  recordedUntil: toDay(filters.recorded_until),
  addedFrom: toDay(filters.added_from),
  addedUntil: toDay(filters.added_until),
  minSeconds: filters.min_seconds ?? null,
  maxSeconds: filters.max_seconds ?? null,
  hasSpeech: filters.has_speech ?? null,
});

export const toRefinement = (filters: PageFilters, exclude: readonly Exclusion[]): Refinement => ({
  filters: toRequestFilters(filters),
  exclude,
});
