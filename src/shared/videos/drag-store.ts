import { create } from 'zustand';

interface DragState {
  /** The videos under the pointer while they are dragged; none otherwise. */
  readonly videoIds: readonly string[];
  begin(videoIds: readonly string[]): void;
  end(): void;
}

/** What is being dragged, so that places to drop it can show themselves. */
export const useDrag = create<DragState>()((set) => ({
  videoIds: [],
  begin: (videoIds) => set({ videoIds }),
  end: () => set({ videoIds: [] }),
}));
