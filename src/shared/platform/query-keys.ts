import { SEARCH_OPTIONS, type SearchOption } from '#api/contracts/search.ts';
import type { CollectionVideosParams } from '#api/resources/collections.ts';
import type { Pipeline, VideoListParams } from '#api/resources/videos.ts';
import type { Likeness } from '#shared/search/picture-query.ts';
import { type Refinement, UNREFINED } from '#shared/search/refinement.ts';
import type { SearchScope } from '#shared/search/scope.ts';

/** Query keys, from the general to the particular, so that a prefix invalidates all below it. */
export const keys = {
  studio: ['studio'] as const,
  allCredits: ['credits'] as const,
  credits: (since: string) => ['credits', since] as const,
  disk: ['disk'] as const,
  trash: ['trash'] as const,
  answerTime: ['answer-time'] as const,
  videos: {
    all: ['videos'] as const,
    list: (params: VideoListParams) => ['videos', 'list', params] as const,
    complete: (params: VideoListParams) => ['videos', 'complete', params] as const,
    everything: ['videos', 'everything'] as const,
    recent: ['videos', 'recent'] as const,
    hasSearchable: ['videos', 'has-searchable'] as const,
    scope: (scope: SearchScope) => ['videos', 'scope', scope] as const,
    scopeIds: (scope: SearchScope) => ['videos', 'scope-ids', scope] as const,
    details: (videoId: string) => ['videos', 'details', videoId] as const,
  },
  collections: {
    all: ['collections'] as const,
    list: ['collections', 'list'] as const,
    everything: ['collections', 'list', 'everything'] as const,
    videos: (id: string, order: CollectionVideosParams) => ['collections', 'videos', id, order] as const,
  },
  embeddings: {
    video: (videoId: string) => ['embeddings', 'video', videoId] as const,
    text: (text: string) => ['embeddings', 'text', text] as const,
  },
  uploads: {
    status: (videoId: string) => ['uploads', 'status', videoId] as const,
  },
  /** Kept apart from `videos`, whose queries are fetched again with every change. */
  videoSummary: (videoId: string) => ['video-summary', videoId] as const,
  models: {
    list: ['models', 'list'] as const,
    index: ['models', 'index'] as const,
    serving: ['models', 'serving'] as const,
    marks: ['models', 'marks'] as const,
    comparisons: (query: string) => ['models', 'comparison', query] as const,
    comparison: (query: string, serving: string, next: string) =>
      ['models', 'comparison', query, serving, next] as const,
  },
  queue: ['queue'] as const,
  pipelines: ['pipeline'] as const,
  pipeline: (pipeline: Pipeline, videoId: string) => ['pipeline', pipeline, videoId] as const,
  savedSearches: ['saved-searches'] as const,
  savedRegions: ['saved-regions'] as const,
  searches: ['search'] as const,
  searchFor: (query: string) => ['search', query] as const,
  search: (
    query: string,
    scope: SearchScope,
    topK: number,
    options: readonly SearchOption[] = SEARCH_OPTIONS,
    refinement: Refinement = UNREFINED,
  ) => ['search', query, scope, topK, options, refinement] as const,
  similar: (likeness: Likeness, query: string, scope: SearchScope, topK: number, refinement: Refinement) =>
    ['search', { likeness, query }, scope, topK, refinement] as const,
  segments: (videoId: string) => ['segments', videoId] as const,
  wordTimes: (scope: SearchScope) => ['word-times', scope] as const,
  videoTexts: ['video-text'] as const,
  videoText: (videoId: string) => ['video-text', videoId] as const,
  videoTextState: (videoId: string, isProcessing: boolean) => ['video-text', videoId, isProcessing] as const,
  integrations: ['integrations'] as const,
  indexStates: ['index-state'] as const,
  indexState: (connectionId: string) => ['index-state', connectionId] as const,
  duplicates: (videoId: string, isProcessing: boolean) => ['duplicates', videoId, isProcessing] as const,
  maps: ['map'] as const,
  map: (scope: SearchScope) => ['map', scope] as const,
  visualization: (scope: SearchScope) => ['visualization', scope] as const,
};
