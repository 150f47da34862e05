import { useEffect } from 'react';
import { useFinishedVideos } from './finished-videos-store.ts';

/** Names the browser tab after the page, with the number of videos that have finished unseen before it. */
export function useTitle(title: string): void {
  const unseen = useFinishedVideos((state) => state.unseen);
  useEffect(() => {
    document.title = `${unseen > 0 ? `(${unseen}) ` : ''}${title} · Mikshi Studio`;
  }, [title, unseen]);
}
