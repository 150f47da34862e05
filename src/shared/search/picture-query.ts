import { askedState, wasAsked } from '#shared/browser-data/recent-searches-store.ts';

/** What a search looks for beside words: a segment (by its id), or a picture (JPEG in base64). */
export interface Likeness {
  readonly segmentId?: string;
  readonly picture?: string;
}

/** The picture is described at this size, in pixels. */
const MAX_SIDE = 512;
const QUALITY = 0.85;

type Drawable = HTMLVideoElement | ImageBitmap;

const getSize = (source: Drawable) =>
  source instanceof HTMLVideoElement
    ? { width: source.videoWidth, height: source.videoHeight }
    : { width: source.width, height: source.height };

function toJpeg(source: Drawable): string {
  const { width, height } = getSize(source);
  const scale = Math.min(1, MAX_SIDE / Math.max(width, height, 1));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext('2d')?.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/jpeg', QUALITY).split(',')[1] ?? '';
}

/** The frame that a player shows, as JPEG in base64; null where it shows none. */
export const captureFrame = (video: HTMLVideoElement): string | null =>
  video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0 ? null : toJpeg(video);

/** A picture file as JPEG in base64; null for what the browser cannot decode. */
export async function readPicture(file: Blob): Promise<string | null> {
  try {
    const bitmap = await createImageBitmap(file);
    const picture = toJpeg(bitmap);
    bitmap.close();
    return picture;
  } catch {
    return null;
  }
}

export const toDataUrl = (picture: string): string => `data:image/jpeg;base64,${picture}`;

/** State of a history entry whose search goes with a picture, or with a segment that looks like `preview` (a URL). */
export const pictureState = (scope: object | undefined, shown: { picture?: string; preview?: string }) => ({
  ...askedState(scope),
  ...shown,
});

/** What of it a history entry has. Pictures are of this page load: an older entry has lost its search anyway. */
export function getPictureState(state: unknown): { picture: string | null; preview: string | null } {
  if (!wasAsked(state)) return { picture: null, preview: null };
  const { picture, preview } = state as { picture?: unknown; preview?: unknown };
  return {
    picture: typeof picture === 'string' ? picture : null,
    preview: typeof preview === 'string' ? preview : null,
  };
}
