import { clear, createStore, del, entries, get, set, update } from 'idb-keyval';
import { ignoreErrors } from '#shared/browser-data/indexed-db-collection.ts';
import { type UploadChange, type UploadItem, uploadItemSchema } from './upload-item.ts';

/**
 * Stores the upload queue in IndexedDB, one record per item, so that a reload, a crash or a closed laptop loses nothing,
 * and broadcasts its changes to the other tabs of the studio, which show the same queue.
 */

/** A file that was picked, with the browser's handle on it where it gives one (it outlives the page). */
export interface PickedFile {
  readonly file: File;
  readonly handle: FileSystemFileHandle | null;
}

/** Up to this size the bytes themselves are stored, so that an upload resumes after a reload without asking for the file. */
const MAX_STORED_FILE_BYTES = 64 * 1024 * 1024;

const records = createStore('studio-uploads', 'items');
const files = createStore('studio-upload-files', 'files');

export type RecordChange =
  | { readonly kind: 'put'; readonly item: UploadItem; readonly picked: PickedFile | null }
  | { readonly kind: 'file'; readonly id: string; readonly picked: PickedFile }
  | { readonly kind: 'change'; readonly id: string; readonly change: UploadChange }
  | { readonly kind: 'remove'; readonly ids: readonly string[] };

const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('studio-uploads');
const broadcast = (change: RecordChange) => channel?.postMessage(change);

/** Calls `listener` with what another tab did to the queue. */
export function subscribeToRecords(listener: (change: RecordChange) => void): void {
  channel?.addEventListener('message', (event: MessageEvent<RecordChange>) => listener(event.data));
}

function keepFile(id: string, { file, handle }: PickedFile): void {
  // The bytes are better than the handle: they need no question and no click.
  const kept = file.size <= MAX_STORED_FILE_BYTES ? file : handle;
  if (kept) void ignoreErrors(() => set(id, kept, files));
}

export function putRecord(item: UploadItem, picked: PickedFile | null): void {
  void ignoreErrors(() => set(item.id, item, records));
  if (picked) keepFile(item.id, picked);
  broadcast({ kind: 'put', item, picked });
}

export function putFile(id: string, picked: PickedFile): void {
  keepFile(id, picked);
  broadcast({ kind: 'file', id, picked });
}

export function changeRecord(id: string, change: UploadChange): void {
  const merged = (known: UploadItem | undefined) => (known ? { ...known, ...change } : known);
  void ignoreErrors(() => update<UploadItem | undefined>(id, merged, records));
  broadcast({ kind: 'change', id, change });
}

export function removeRecords(ids: readonly string[]): void {
  for (const id of ids) {
    void ignoreErrors(() => del(id, records));
    forgetFile(id);
  }
  broadcast({ kind: 'remove', ids });
}

/** Lets go of a file whose bytes are all at the platform. */
export function forgetFile(id: string): void {
  void ignoreErrors(() => del(id, files));
}

/** Removes the whole queue with its files, also what this page has not loaded. */
export async function clearRecords(): Promise<void> {
  await Promise.all([records, files].map((store) => ignoreErrors(() => clear(store))));
}

/** The queue as it was left; what cannot be read (another version's, say) is passed over. */
export async function loadRecords(): Promise<UploadItem[]> {
  const known = (await ignoreErrors(() => entries(records))) ?? [];
  return known.flatMap(([, value]) => {
    const item = uploadItemSchema.safeParse(value);
    return item.success ? [item.data] : [];
  });
}

export type KeptFile = File | FileSystemFileHandle | undefined;

/** What the browser still has of a file: its bytes, a handle on it, or nothing. */
export const loadFile = (id: string): Promise<KeptFile> =>
  ignoreErrors(() => get<File | FileSystemFileHandle>(id, files));
