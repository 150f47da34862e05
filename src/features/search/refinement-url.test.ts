import { expect, test } from 'vitest';
import { applyChanges, type UrlParameter } from '#ui/url-state.ts';
import {
  EXCLUDE,
  fromRequestFilters,
  NO_FILTERS,
  type PageFilters,
  readFilters,
  toFilterChanges,
  toRequestFilters,
} from './refinement-url.ts';

const ALL: PageFilters = {
  recordedFrom: '2024-05-01',
  recordedUntil: '2024-05-31',
  addedFrom: '2025-01-01',
  addedUntil: '2025-12-31',
  minSeconds: 90,
  maxSeconds: 600.5,
  hasSpeech: false,
};

const readUrl = (search: URLSearchParams) =>
  readFilters(<Value>({ name, parse }: UrlParameter<Value>) => parse(search.get(name)));

test('filters go into the URL and come back', () => {
  const search = applyChanges(new URLSearchParams('q=car'), toFilterChanges(ALL));
  expect(search.get('q')).toBe('car');
  expect(readUrl(search)).toEqual(ALL);
  expect(applyChanges(search, toFilterChanges(NO_FILTERS)).toString()).toBe('q=car');
});

test('what is no filter is none', () => {
  expect(readUrl(new URLSearchParams('recorded_from=2024-13-41&min_s=-1&max_s=long&speech=maybe'))).toEqual(NO_FILTERS);
});

test('days are whole, and requests come back as the same days', () => {
  const request = toRequestFilters(ALL);
  const span = Date.parse(request.recorded_until ?? '') - Date.parse(request.recorded_from ?? '');
  expect(Math.round(span / 3_600_000)).toBe(31 * 24);
  expect(request).toMatchObject({ min_seconds: 90, max_seconds: 600.5, has_speech: false });
  expect(fromRequestFilters(request)).toEqual(ALL);
  expect(toRequestFilters(NO_FILTERS)).toEqual({});
});

test('words and segments that are excluded go into the URL and come back', () => {
  const exclusions = [{ query: 'red car' }, { segment_id: '3f0b8a1f-6e21-4f0e-9d0c-c3b7d9f66a64' }];
  const text = EXCLUDE.format(exclusions);
  expect(text).toBe('red car|segment:3f0b8a1f-6e21-4f0e-9d0c-c3b7d9f66a64');
  expect(EXCLUDE.parse(text)).toEqual(exclusions);
  expect(EXCLUDE.parse(EXCLUDE.format([{ query: 'a|b' }]))).toEqual([{ query: 'a b' }]);
  expect([EXCLUDE.format([]), EXCLUDE.parse(null), EXCLUDE.parse(' | ')]).toEqual([null, [], []]);
});
