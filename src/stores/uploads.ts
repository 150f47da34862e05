import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

export type UploadPhase = 'queued' | 'uploading' | 'processing' | 'ready' | 'failed' | 'cancelled';

export interface UploadItem {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly phase: UploadPhase;
  /** Bytes that have left. */
  readonly sent: number;
  /** Bytes a second, over the last moments. */
  readonly speed: number;
  readonly videoId: string | null;
  readonly error: string | null;
  /** Run analyse and search-process once transcoding is done. */
  readonly processWhenReady: boolean;
}

interface UploadsState {
  readonly items: readonly UploadItem[];
  readonly processWhenReady: boolean;
  setProcessWhenReady(value: boolean): void;
  add(files: readonly File[]): void;
  update(id: string, change: Partial<UploadItem>): void;
  cancel(id: string): void;
  retry(id: string): void;
  clearFinished(): void;
}

/** Files cannot be stored with the queue; they are kept here for as long as the page lives. */
const files = new Map<string, File>();

export const fileOf = (id: string): File | undefined => files.get(id);

const isFinished = (item: UploadItem) => ['ready', 'failed', 'cancelled'].includes(item.phase);

/** The upload queue. It outlives pages; videos that are being processed also outlive a reload. */
export const useUploads = create<UploadsState>()(
  persist(
    (set) => ({
      items: [],
      processWhenReady: true,
      setProcessWhenReady: (processWhenReady) => set({ processWhenReady }),
      add: (added) =>
        set((state) => ({
          items: [
            ...state.items,
            ...added.map((file): UploadItem => {
              const id = crypto.randomUUID();
              files.set(id, file);
              return {
                id,
                name: file.name,
                bytes: file.size,
                phase: file.size > 0 ? 'queued' : 'failed',
                sent: 0,
                speed: 0,
                videoId: null,
                error: file.size > 0 ? null : 'This file is empty.',
                processWhenReady: state.processWhenReady,
              };
            }),
          ],
        })),
      update: (id, change) =>
        set((state) => ({ items: state.items.map((item) => (item.id === id ? { ...item, ...change } : item)) })),
      cancel: (id) =>
        set((state) => ({
          items: state.items.map((item) => (item.id === id ? { ...item, phase: 'cancelled', speed: 0 } : item)),
        })),
      retry: (id) =>
        set((state) => ({
          items: state.items.map((item) =>
            item.id === id ? { ...item, phase: 'queued', sent: 0, speed: 0, error: null, videoId: null } : item,
          ),
        })),
      clearFinished: () => set((state) => ({ items: state.items.filter((item) => !isFinished(item)) })),
    }),
    {
      name: 'studio-uploads',
      storage: createJSONStorage(() => localStorage),
      partialize: ({ items, processWhenReady }) => ({
        items: items.filter((item) => item.phase === 'processing'),
        processWhenReady,
      }),
    },
  ),
);
