import type { DragEvent } from 'react';
import { create } from 'zustand';
import type { SelectionControls } from './use-selection.ts';

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

const TYPE = 'application/x-studio-videos';

/** Makes an item draggable: with the whole selection when it is part of it, alone when not. */
export function dragSource(id: string, { selection, chosen }: SelectionControls) {
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      const ids = selection.chosen.has(id) ? chosen : [id];
      event.dataTransfer.effectAllowed = 'copy';
      event.dataTransfer.setData(TYPE, JSON.stringify(ids));
      // In the next turn: a page that changes under the pointer at once ends the drag in Chromium.
      setTimeout(() => useDrag.getState().begin(ids), 0);
    },
    onDragEnd: () => useDrag.getState().end(),
  };
}

/** Makes an element a place to drop dragged videos. */
export function dropTarget(onDrop: (videoIds: readonly string[]) => void) {
  return {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(TYPE)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      const { videoIds, end } = useDrag.getState();
      end();
      if (videoIds.length > 0) onDrop(videoIds);
    },
  };
}
