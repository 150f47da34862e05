import { expect, test } from 'vitest';
import { SEARCH_OPTIONS } from '#api/contracts/search.ts';
import { ALL_VIDEOS } from '#shared/search/scope.ts';
import { toRequestFilters } from './refinement-url.ts';
import { toSavedSearch, toSearchParams } from './saved-search-url.ts';

const ID = '3f0b8a1f-6e21-4f0e-9d0c-c3b7d9f66a64';
const PLAIN = {
  text: 'red car',
  segmentId: undefined,
  options: SEARCH_OPTIONS,
  filters: {},
  exclude: [],
  minScore: null,
  scope: ALL_VIDEOS,
};

test('a plain search of all videos is its words alone', () => {
  const search = toSavedSearch(PLAIN);
  expect(search).toMatchObject({ query: 'red car', all_videos: true });
  expect(toSearchParams({ search }).toString()).toBe('q=red+car');
});

test('all that narrows a search is opened as it was saved', () => {
  const filters = toRequestFilters({
    recordedFrom: '2024-05-01',
    recordedUntil: null,
    addedFrom: null,
    addedUntil: null,
    minSeconds: 60,
    maxSeconds: null,
    hasSpeech: true,
  });
  const search = toSavedSearch({
    ...PLAIN,
    text: '',
    segmentId: ID,
    options: ['visual'],
    filters,
    exclude: [{ query: 'blue' }],
    minScore: 0.25,
    scope: { videoIds: ['a', 'b'], collectionIds: ['c'] },
  });
  expect(search).toMatchObject({ query: null, segment_id: ID, video_ids: ['a', 'b'], collection_ids: ['c'] });
  expect(Object.fromEntries(toSearchParams({ search }))).toEqual({
    like: ID,
    signals: 'visual',
    recorded_from: '2024-05-01',
    min_s: '60',
    speech: 'yes',
    not: 'blue',
    min_score: '0.25',
    in: 'a,b',
    collection: 'c',
  });
});
