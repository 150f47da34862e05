import { create } from 'zustand';

interface PendingDeletionsState {
  readonly keys: ReadonlySet<string>;
  hide(keys: readonly string[]): void;
  show(keys: readonly string[]): void;
}

/** What is on its way out: gone from the lists, not yet from the platform, for as long as it can be undone. */
export const usePendingDeletions = create<PendingDeletionsState>()((set) => ({
  keys: new Set(),
  hide: (added) => set(({ keys }) => ({ keys: new Set([...keys, ...added]) })),
  show: (removed) => set(({ keys }) => ({ keys: new Set([...keys].filter((key) => !removed.includes(key))) })),
}));

export const videoKey = (videoId: string) => `video ${videoId}`;
export const memberKey = (collectionId: string, videoId: string) => `member ${collectionId} ${videoId}`;
export const conversationKey = (conversationId: string) => `conversation ${conversationId}`;
export const markerKey = (markId: string) => `mark ${markId}`;
export const savedSearchKey = (savedSearchId: string) => `saved search ${savedSearchId}`;
export const savedRegionKey = (savedRegionId: string) => `saved region ${savedRegionId}`;
export const collectionKey = (collectionId: string) => `collection ${collectionId}`;
