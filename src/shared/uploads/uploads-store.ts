import { create } from 'zustand';
import { createId } from '#lib/create-id.ts';
import { isSettled, toTitle, type UploadChange, type UploadItem } from './upload-item.ts';
import {
  changeRecord,
  clearRecords,
  loadRecords,
  type PickedFile,
  putFile,
  putRecord,
  removeRecords,
  subscribeToRecords,
} from './upload-records.ts';

/** What the next uploads are to be like. */
export interface UploadOptions {
  readonly processWhenReady: boolean;
  readonly useDynamicHls: boolean;
  readonly collection: string | null;
}

interface UploadsState {
  /** In the order of the queue. */
  readonly items: readonly UploadItem[];
  /** False until what the browser kept has been read. */
  readonly isLoaded: boolean;
  /** True in the one tab that sends; the others show the queue and may change it. */
  readonly isLeader: boolean;
  readonly uploadOptions: UploadOptions;
  setUploadOptions(change: Partial<UploadOptions>): void;
  lead(isLeader: boolean): void;
  load(): Promise<void>;
  /**
   * Adds a picked file to those waiting to be started, or (with an `error`) to those that are refused. A `collection` of its
   * own (its folder's name) goes before the chosen one.
   */
  stage(picked: PickedFile, collection: string | null, error?: string | null): void;
  /** Notes an import that the platform has begun. */
  addImport(url: string, name: string, videoId: string): void;
  /** Gives an item whose file was lost its file back. */
  attachFile(id: string, picked: PickedFile): void;
  change(id: string, change: UploadChange): void;
  remove(ids: readonly string[]): void;
}

/** Files at hand; a queue can be stored, most files cannot. */
const files = new Map<string, File>();

export const getCachedFile = (id: string): File | undefined => files.get(id);
export const cacheFile = (id: string, file: File): void => void files.set(id, file);
export const uncacheFile = (id: string): void => void files.delete(id);

const inOrder = (items: readonly UploadItem[]) => [...items].sort((a, b) => a.order - b.order);
const lastOrder = (items: readonly UploadItem[]) => Math.max(0, ...items.map(({ order }) => order));

function newItem(items: readonly UploadItem[], uploadOptions: UploadOptions) {
  return {
    id: createId(),
    paused: false,
    order: lastOrder(items) + 1,
    arrived: 0,
    contentType: null,
    subtitles: [],
    session: null,
    videoId: null,
    error: null,
    ...uploadOptions,
  };
}

/** The upload queue. It outlives pages and reloads, and all tabs of the studio share it. */
export const useUploads = create<UploadsState>()((set, getState) => {
  const take = (item: UploadItem) =>
    set(({ items }) => ({ items: inOrder([...items.filter(({ id }) => id !== item.id), item]) }));
  const merge = (id: string, change: UploadChange) =>
    set(({ items }) => {
      const changed = items.map((item) => (item.id === id ? { ...item, ...change } : item));
      return { items: change.order === undefined ? changed : inOrder(changed) };
    });
  const leave = (ids: readonly string[]) => {
    for (const id of ids) files.delete(id);
    set(({ items }) => ({ items: items.filter(({ id }) => !ids.includes(id)) }));
  };

  subscribeToRecords((recordChange) => {
    if ((recordChange.kind === 'put' || recordChange.kind === 'file') && recordChange.picked) {
      files.set(recordChange.kind === 'put' ? recordChange.item.id : recordChange.id, recordChange.picked.file);
    }
    if (recordChange.kind === 'put') take(recordChange.item);
    if (recordChange.kind === 'change') merge(recordChange.id, recordChange.change);
    if (recordChange.kind === 'remove') leave(recordChange.ids);
  });

  const put = (item: UploadItem, picked: PickedFile | null) => {
    if (picked) files.set(item.id, picked.file);
    take(item);
    putRecord(item, picked);
  };

  return {
    items: [],
    isLoaded: false,
    isLeader: false,
    uploadOptions: { processWhenReady: true, useDynamicHls: false, collection: null },
    setUploadOptions: (change) => set(({ uploadOptions }) => ({ uploadOptions: { ...uploadOptions, ...change } })),
    lead: (isLeader) => set({ isLeader }),
    load: async () => {
      const kept = await loadRecords();
      set(({ items }) => {
        const known = new Set(items.map(({ id }) => id));
        return { isLoaded: true, items: inOrder([...items, ...kept.filter(({ id }) => !known.has(id))]) };
      });
    },
    stage: (picked, collection, error = null) => {
      const { name, size } = picked.file;
      const { items, uploadOptions } = getState();
      const item: UploadItem = {
        ...newItem(items, { ...uploadOptions, collection }),
        source: 'file',
        filename: name,
        name: error === null ? toTitle(name) : name,
        bytes: size,
        phase: error === null ? 'staged' : 'refused',
        error,
      };
      // A refused file is held in this tab only: a person may know better, but most of them are no videos.
      put(item, error === null ? picked : null);
      if (error !== null) cacheFile(item.id, picked.file);
    },
    addImport: (url, name, videoId) =>
      put(
        {
          ...newItem(getState().items, getState().uploadOptions),
          source: 'youtube',
          filename: url,
          name,
          bytes: 0,
          phase: 'processing',
          videoId,
        },
        null,
      ),
    attachFile: (id, picked) => {
      files.set(id, picked.file);
      putFile(id, picked);
      merge(id, { phase: 'queued', error: null });
      changeRecord(id, { phase: 'queued', error: null });
    },
    change: (id, change) => {
      merge(id, change);
      changeRecord(id, change);
    },
    remove: (ids) => {
      leave(ids);
      removeRecords(ids);
    },
  };
});

/** Stages a file that was refused for its name. After a reload, it has to be selected again. */
export function stageRefused({ id, filename }: UploadItem): void {
  const file = getCachedFile(id);
  if (file) putFile(id, { file, handle: null });
  useUploads.getState().change(id, { phase: file ? 'staged' : 'needs-file', name: toTitle(filename), error: null });
}

export function clearSettled(): void {
  const { items, remove } = useUploads.getState();
  remove(items.filter(isSettled).map(({ id }) => id));
}

/** Forgets the whole queue; what is being sent stops. */
export async function clearUploads(): Promise<void> {
  const { items, remove } = useUploads.getState();
  remove(items.map(({ id }) => id));
  await clearRecords();
}

/** Takes away the uploads whose videos have been deleted. */
export function forgetUploads(videoIds: readonly string[]): void {
  const { items, remove } = useUploads.getState();
  remove(items.filter(({ videoId }) => videoId !== null && videoIds.includes(videoId)).map(({ id }) => id));
}

/** Starts everything that waits to be started, with the chosen options. */
export function startStaged(): void {
  const { items, uploadOptions, change } = useUploads.getState();
  for (const { id, phase, collection } of items) {
    if (phase !== 'staged') continue;
    const target = collection ?? uploadOptions.collection;
    // Only a video that went through both pipelines can join a collection.
    const processWhenReady = uploadOptions.processWhenReady || target !== null;
    change(id, { ...uploadOptions, phase: 'queued', collection: target, processWhenReady });
  }
}

/** Moves an item before (-1) or behind (1) its neighbor among those that are still to be sent. */
export function moveInQueue(id: string, by: -1 | 1): void {
  const { items, change } = useUploads.getState();
  const waiting = items.filter(({ phase }) => phase === 'queued' || phase === 'staged');
  const at = waiting.findIndex((item) => item.id === id);
  const [item, neighbor] = [waiting[at], waiting[at + by]];
  if (!item || !neighbor) return;
  change(item.id, { order: neighbor.order });
  change(neighbor.id, { order: item.order });
}
