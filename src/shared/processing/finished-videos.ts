import { useEffect } from 'react';
import { create } from 'zustand';

/** A video that has just come to the end of its way, well or not. */
export interface Finished {
  readonly videoId: string;
  readonly name: string;
  readonly ended: 'done' | 'failed';
}

interface FinishedVideosState {
  /** How many have finished since the studio was last looked at. */
  readonly unseen: number;
  count(finished: number): void;
  seen(): void;
}

/** What has finished while nobody was looking; the browser tab wears the number. */
export const useFinishedVideos = create<FinishedVideosState>()((set) => ({
  unseen: 0,
  count: (finished) => set(({ unseen }) => ({ unseen: unseen + finished })),
  seen: () => set({ unseen: 0 }),
}));

interface Seen {
  readonly videoId: string;
  readonly name: string;
  readonly processingState: string;
}

/** Tells which videos were in motion at the last look and have ended since. Remembers from call to call. */
export function createFinishTracker(): (videos: readonly Seen[]) => Finished[] {
  const running = new Set<string>();
  return (videos) => {
    const finished: Finished[] = [];
    for (const { videoId, name, processingState } of videos) {
      if (processingState === 'running') running.add(videoId);
      else if (running.delete(videoId) && (processingState === 'done' || processingState === 'failed')) {
        finished.push({ videoId, name, ended: processingState });
      }
    }
    return finished;
  };
}

/** Names the browser tab after the page, with the number of videos that have finished unseen before it. */
export function useTitle(title: string): void {
  const unseen = useFinishedVideos((state) => state.unseen);
  useEffect(() => {
    document.title = `${unseen > 0 ? `(${unseen}) ` : ''}${title} · Mikshi Studio`;
  }, [title, unseen]);
}
