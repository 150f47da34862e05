import { z } from 'zod/mini';
import { uploadSessionSchema } from '#api/upload/upload-session.ts';

/**
 * `staged`: selected, not started. `refused`: selected, but not a video by its name. `needs-file`: started, but the browser
 * can no longer read the file. `processing`: all bytes are at the platform, the stages run. `ready`: nothing more to do.
 */
const phaseSchema = z.enum([
  'staged',
  'refused',
  'queued',
  'uploading',
  'needs-file',
  'processing',
  'ready',
  'failed',
  'cancelled',
]);

export const uploadItemSchema = z.object({
  id: z.string(),
  source: z.enum(['file', 'youtube']),
  /** The file's name on the disk; for an import, its address. */
  filename: z.string(),
  /** What the video will be called. */
  name: z.string(),
  bytes: z.number(),
  /** Chosen by a person for a name that is wrong; null for what the file says itself. */
  contentType: z._default(z.nullable(z.string()), null),
  phase: phaseSchema,
  paused: z.boolean(),
  /** Place in the queue: smaller goes first. */
  order: z.number(),
  /** Bytes that the platform is known to have. */
  arrived: z.number(),
  /** What is needed to go on after a reload or a crash. */
  session: z.nullable(uploadSessionSchema),
  videoId: z.nullable(z.string()),
  /** A sentence. */
  error: z.nullable(z.string()),
  /** Run analyse and search-process once transcoding is done. */
  processWhenReady: z.boolean(),
  /** Make smaller renditions too, for slow connections. */
  useDynamicHls: z.boolean(),
  /** Subtitle files that were selected with the video, and have yet to be added to it. */
  subtitles: z._default(z.array(z.instanceof(File)), []),
  /** Name of the collection that the video joins when it is ready. */
  collection: z.nullable(z.string()),
});
export type UploadItem = Readonly<z.infer<typeof uploadItemSchema>>;
export type UploadChange = Partial<Omit<UploadItem, 'id'>>;

/** Ended one way or the other. */
export const isSettled = ({ phase }: UploadItem): boolean =>
  phase === 'ready' || phase === 'failed' || phase === 'cancelled' || phase === 'refused';

/** Something is happening, or about to. */
export const isUnderWay = ({ phase, paused }: UploadItem): boolean =>
  !paused && (phase === 'queued' || phase === 'uploading' || phase === 'processing');

/** Bytes have yet to be sent. */
export const isToBeSent = ({ phase }: UploadItem): boolean =>
  phase === 'queued' || phase === 'uploading' || phase === 'needs-file';

/** A name without its extension, as people would write it. */
export const toTitle = (filename: string): string => filename.replace(/\.[^.]+$/, '') || filename;
