import { openAsBlob } from 'node:fs';
import path from 'node:path';
import pRetry, { AbortError } from 'p-retry';
import { z } from 'zod';
import { toLanguageTag } from '../../tasks/media/language-tag.ts';
import type { SpeechPiece } from '../../tasks/protocol.ts';
import type { TimedText } from './subtitle-file.ts';

export interface TranscriberConfig {
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey: string | undefined;
}

export interface Transcription {
  /** BCP 47; null where the service does not tell. */
  readonly language: string | null;
  readonly cues: readonly TimedText[];
}

/**
 * Recognizes what is said in a piece of sound. Times are those of the video; `onProgress` gets the share of the piece that is done.
 * Throws an `Error` whose message is a sentence.
 */
export type Transcriber = (
  piece: SpeechPiece,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
) => Promise<Transcription>;

const TIMEOUT_MS = 10 * 60_000;
const RETRIES = 3;

/** `verbose_json` of OpenAI's audio API. */
const transcriptionSchema = z.object({
  language: z.string().nullish(),
  text: z.string().default(''),
  segments: z.array(z.object({ start: z.number(), end: z.number(), text: z.string() })).nullish(),
});

const LANGUAGE_CODES =
  'af ar az be bg bs ca cs cy da de el en es et fa fi fr gl he hi hr hu hy id is it ja kk kn ko lt lv mi mk mr ms ne nl no pl pt ro ru sk sl sr sv sw ta th tl tr uk ur vi zh'.split(
    ' ',
  );

/** A language as the service names it: "english" or "en". */
export function readLanguage(name: string | null | undefined): string | null {
  if (!name) return null;
  const names = new Intl.DisplayNames('en', { type: 'language' });
  const wanted = name.toLowerCase();
  return LANGUAGE_CODES.find((code) => names.of(code)?.toLowerCase() === wanted) ?? toLanguageTag(name);
}

/** What a refusal means; null where another try may help. */
function getRefusal(status: number): string | null {
  if (status === 401 || status === 403) return 'The transcription service refused the key. Check TRANSCRIBE_API_KEY.';
  if (status === 404)
    return 'The transcription service does not know this address or model. Check TRANSCRIBE_BASE_URL and TRANSCRIBE_MODEL.';
  if (status === 413) return 'The transcription service does not take files of this size.';
  return status === 408 || status === 429 || status >= 500
    ? null
    : `The transcription service refused the request (${status}).`;
}

/** Any server that speaks OpenAI's `POST /audio/transcriptions`. */
export function createTranscriber({ baseUrl, model, apiKey }: TranscriberConfig): Transcriber {
  const url = `${baseUrl.replace(/\/+$/, '')}/audio/transcriptions`;

  async function send(piece: SpeechPiece, signal: AbortSignal): Promise<z.infer<typeof transcriptionSchema>> {
    const form = new FormData();
    form.set('file', await openAsBlob(piece.file, { type: 'audio/wav' }), path.basename(piece.file));
    form.set('model', model);
    form.set('response_format', 'verbose_json');
    const response = await fetch(url, {
      method: 'POST',
      body: form,
      // The key is for this address alone, not for where it may redirect to.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    });
    if (!response.ok) {
      const refusal = getRefusal(response.status);
      if (refusal !== null) throw new AbortError(refusal);
      throw new Error(`The transcription service is not available (${response.status}).`);
    }
    const parsed = transcriptionSchema.safeParse(await response.json().catch(() => null));
    if (!parsed.success) throw new AbortError('The transcription service gave an answer that cannot be read.');
    return parsed.data;
  }

  return async (piece, signal) => {
    const { language, text, segments } = await pRetry(
      () =>
        send(piece, signal).catch((error: unknown) => {
          // What `fetch` throws without a connection is retried only as a network error of its own kind.
          if (error instanceof TypeError) throw new Error('The transcription service cannot be reached.');
          throw error;
        }),
      { retries: RETRIES, signal },
    );
    const spoken = segments ?? [{ start: 0, end: piece.seconds, text }];
    const cues = spoken
      .map(({ start, end, text: said }) => ({
        start: piece.start + Math.max(0, start),
        end: piece.start + Math.min(piece.seconds, Math.max(start, end)),
        text: said.trim(),
      }))
      .filter(({ start, end, text: said }) => said !== '' && end > start);
    return { language: readLanguage(language), cues };
  };
}
