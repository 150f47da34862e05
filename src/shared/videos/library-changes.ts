import type { Collection } from '#api/contracts/collections.ts';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { isSearchable, isTerminal } from '#api/status.ts';
import { allCollectionsQuery, collectionsQuery } from '#shared/collections/collection-queries.ts';
import { queryClient } from '#shared/platform/client.ts';
import type { SearchScope } from '#shared/search/scope.ts';
import { allVideosQuery } from './video-lookup.ts';
import { recentVideosQuery, videoQuery } from './video-queries.ts';

/** What has changed in a scope since a time. */
export interface ScopeChanges {
  /** Videos that became searchable. */
  readonly added: number;
  /** Searchable videos that were processed again. */
  readonly updated: number;
  /** Videos joined or left one of the scope's collections. */
  readonly isMembershipChanged: boolean;
}

export const hasScopeChanged = ({ added, updated, isMembershipChanged }: ScopeChanges): boolean =>
  added > 0 || updated > 0 || isMembershipChanged;

interface VideoState {
  readonly isSearchable: boolean;
  readonly isProcessing: boolean;
}

const toState = (video: VideoListItem): VideoState => ({
  isSearchable: isSearchable(video),
  isProcessing: [video.analyse_status, video.search_process_status].some((status) => status && !isTerminal(status)),
});

const countSince = (times: ReadonlyMap<string, number>, since: number, isIncluded: (id: string) => boolean) =>
  [...times].filter(([id, time]) => time > since && isIncluded(id)).length;

/**
 * Remembers when videos became searchable and collections changed, from the lists that pages fetch anyway. Searches and maps
 * tell by it that they have become old, without a request. Times are in milliseconds since 1970.
 */
export class LibraryChanges {
  readonly #videos = new Map<string, VideoState>();
  readonly #members = new Map<string, number>();
  readonly #addedAt = new Map<string, number>();
  readonly #updatedAt = new Map<string, number>();
  readonly #membersChangedAt = new Map<string, number>();
  readonly #listeners = new Set<() => void>();
  /** The newest creation time in the lists so far; null before the first. A later video has been added since. */
  #newestCreatedAt: number | null = null;

  /** Notes videos as a list shows them. `isNewestFirst` tells that nothing newer than its first is missing from the list. */
  noteVideos(videos: readonly VideoListItem[], isNewestFirst: boolean, now = Date.now()): void {
    const newestKnown = this.#newestCreatedAt;
    let isChanged = false;
    for (const video of videos) {
      const { video_id: id } = video;
      const [before, state] = [this.#videos.get(id), toState(video)];
      const createdAt = Date.parse(video.created_at ?? '');
      const isNew = isNewestFirst && newestKnown !== null && createdAt > newestKnown;
      const isAdded = state.isSearchable && (before ? !before.isSearchable : isNew);
      const isUpdated = !isAdded && state.isSearchable && before?.isProcessing === true && !state.isProcessing;
      if (isAdded) this.#addedAt.set(id, now);
      if (isUpdated) this.#updatedAt.set(id, now);
      isChanged ||= isAdded || isUpdated;
      this.#videos.set(id, state);
      if (isNewestFirst && createdAt > (this.#newestCreatedAt ?? Number.NEGATIVE_INFINITY)) {
        this.#newestCreatedAt = createdAt;
      }
    }
    // An empty library: whatever comes is new.
    if (isNewestFirst) this.#newestCreatedAt ??= 0;
    if (isChanged) this.#notify();
  }

  /** Notes collections as a list shows them. */
  noteCollections(collections: readonly Collection[], now = Date.now()): void {
    let isChanged = false;
    for (const { collection_id: id, video_count: count } of collections) {
      const before = this.#members.get(id);
      if (before !== undefined && before !== count) {
        this.#membersChangedAt.set(id, now);
        isChanged = true;
      }
      this.#members.set(id, count);
    }
    if (isChanged) this.#notify();
  }

  /** Notes videos that came back from the trash. */
  noteRestored(videoIds: readonly string[], now = Date.now()): void {
    for (const id of videoIds) this.#addedAt.set(id, now);
    this.#notify();
  }

  forget(videoIds: readonly string[]): void {
    for (const known of [this.#videos, this.#addedAt, this.#updatedAt]) for (const id of videoIds) known.delete(id);
    this.#notify();
  }

  /** What has changed in a scope since a time. */
  since(scope: SearchScope, time: number): ScopeChanges {
    const isIncluded = (id: string) => 'all' in scope || scope.videoIds?.includes(id) === true;
    const collectionIds = 'all' in scope ? [] : (scope.collectionIds ?? []);
    return {
      added: countSince(this.#addedAt, time, isIncluded),
      updated: countSince(this.#updatedAt, time, isIncluded),
      isMembershipChanged: collectionIds.some((id) => (this.#membersChangedAt.get(id) ?? 0) > time),
    };
  }

  /** Calls `listener` after each change; returns the function that ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Feeds the lists of the query cache into `changes`: what is there already, and what arrives. */
function watchQueryCache(changes: LibraryChanges): void {
  const noteQuery = (queryKey: readonly unknown[]) => {
    const [group, kind, id] = queryKey;
    if (group === 'collections' && kind === 'list') {
      const listed = queryClient.getQueryData(collectionsQuery().queryKey)?.pages.flatMap(({ data }) => data);
      const all = queryClient.getQueryData(allCollectionsQuery.queryKey);
      changes.noteCollections((id === 'everything' ? all : listed) ?? []);
    }
    if (group !== 'videos') return;
    if (kind === 'recent') changes.noteVideos(queryClient.getQueryData(recentVideosQuery.queryKey) ?? [], true);
    if (kind === 'everything') changes.noteVideos(queryClient.getQueryData(allVideosQuery.queryKey) ?? [], true);
    if (kind === 'details' && typeof id === 'string') {
      const video = queryClient.getQueryData(videoQuery(id).queryKey);
      if (video) changes.noteVideos([video], false);
    }
  };
  const cache = queryClient.getQueryCache();
  for (const { queryKey, state } of cache.getAll()) if (state.data !== undefined) noteQuery(queryKey);
  cache.subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'success') noteQuery(event.query.queryKey);
  });
}

let libraryChanges: LibraryChanges | null = null;

/** The changes of the library that this page has seen, from the first call on. */
export function getLibraryChanges(): LibraryChanges {
  if (libraryChanges === null) {
    libraryChanges = new LibraryChanges();
    watchQueryCache(libraryChanges);
  }
  return libraryChanges;
}
