import { BadRequestError, getBodyMessage } from './errors.ts';

/** What is wrong with an import, by its short code. The SDK document names the first two. */
const FATAL_MESSAGES: Readonly<Record<string, string>> = {
  YOUTUBE_VIDEO_PRIVATE: 'This video is private on YouTube.',
  YOUTUBE_VIDEO_AGE_RESTRICTED: 'YouTube shows this video only to signed-in adults, so it cannot be imported.',
  YOUTUBE_VIDEO_UNAVAILABLE: 'This video is not available on YouTube any more.',
  YOUTUBE_VIDEO_LIVE: 'This is a live stream; it can be imported once it has ended.',
  YOUTUBE_VIDEO_TOO_LONG: 'This video is too long to be imported.',
  YOUTUBE_VIDEO_GEO_RESTRICTED: 'YouTube does not show this video in the country of the platform.',
  YOUTUBE_INVALID_URL: 'This is not the address of a YouTube video.',
  YOUTUBE_IMPORT_UNAVAILABLE: 'This platform cannot import from YouTube: it has no downloader installed.',
};

/** What may work when it is tried again. */
const TRANSIENT_MESSAGES: Readonly<Record<string, string>> = {
  YOUTUBE_IMPORT_FAILED: 'YouTube did not hand out this video.',
};

/** Codes that trying again will not change. */
export const YOUTUBE_FATAL_CODES: readonly string[] = Object.keys(FATAL_MESSAGES);

/** A code on its own, or first in a sentence: an address in the sentence may hold something that looks like one. */
const CODE = /^\s*(YOUTUBE_[A-Z0-9_]+)\b/;

/** An import from YouTube that was refused. Any `YOUTUBE_*` code, known or not, is on `code`. */
export class YouTubeImportError extends BadRequestError {
  override name = 'YouTubeImportError';
  readonly code: string;

  constructor(code: string, responseBody: unknown) {
    const message = FATAL_MESSAGES[code] ?? TRANSIENT_MESSAGES[code] ?? `YouTube refused the import (${code}).`;
    super(message, 400, responseBody);
    this.code = code;
  }

  /** The import error in a 400 whose `message` or `detail` has a code; other errors as they are. */
  static from(error: unknown): unknown {
    if (!(error instanceof BadRequestError)) return error;
    const code = CODE.exec(getBodyMessage(error.responseBody))?.[1];
    return code ? new YouTubeImportError(code, error.responseBody) : error;
  }
}
