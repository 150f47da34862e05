import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { idSchema } from '#api/contracts/ids.ts';
import { videoIdSchema, visualizeRequestSchema } from '#api/contracts/requests.ts';
import type { VideoText, WordTimes } from '#api/contracts/transcripts.ts';
import { toMilliseconds } from '#lib/time.ts';
import type { Platform } from '../../context.ts';
import { getStageStates } from '../../db/stages.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { getSearchableScope, ownVideo } from '../../http/ownership.ts';
import { toLanguageTag } from '../../tasks/media/language-tag.ts';
import { initiateSpeech } from '../pipelines/initiate-pipeline.ts';
import { formatTranscript, TRANSCRIPT_FORMATS } from './format-transcript.ts';
import { MAX_SUBTITLE_BYTES, parseSubtitleFile, SubtitleFileError } from './subtitle-file.ts';
import { addTrack, getCues, getTracks, getWordTimes } from './text-tracks.ts';

const MAX_TRACKS = 64;
/** Larger files are read to their end and refused in a sentence, up to this size. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;
const MAX_CUE_CHARACTERS = 5_000;

const trackParamsSchema = z.object({ video_id: idSchema, track_id: idSchema });
const transcriptParamsSchema = trackParamsSchema.extend({ format: z.enum(TRANSCRIPT_FORMATS) });
const cueParamsSchema = z.object({ video_id: idSchema, cue_id: idSchema });
const cueBodySchema = z.object({ text: z.string().trim().min(1).max(MAX_CUE_CHARACTERS) });
const subtitleQuerySchema = z.object({
  /** The file's name: "clip.en.srt" says its language. */
  name: z.string().max(255).default(''),
  language: z.string().max(35).optional(),
});

/** The language that a file's name ends in before its extension ("clip.pt-BR.srt"); null when it names none. */
export function getNamedLanguage(name: string): string | null {
  const [, tag = null] = /\.([a-z]{2,3}(?:-[a-z0-9]{2,8})?)\.\w+$/i.exec(name) ?? [];
  return toLanguageTag(tag);
}

/** Transcripts and on-screen text; free, and there as soon as they are known. */
export function transcriptRoutes(app: FastifyInstance, platform: Platform): void {
  const { db, speech: recognition } = platform;

  app.get('/local/videos/:video_id/text', async (request): Promise<VideoText> => {
    const { video_id } = valid(videoIdSchema, request.params, 'path');
    await ownVideo(db, request.owner, video_id);
    const tracks = await getTracks(db, video_id);
    const speech = (await getStageStates(db, [video_id])).get(video_id)?.speech;
    const written = await db
      .selectFrom('cues')
      .select(['cue_id', 'start_s', 'end_s', 'text', 'box', 'confidence'])
      .where('video_id', '=', video_id)
      .where('track_id', 'is', null)
      .orderBy('start_s')
      .execute();
    const toTimes = ({ start_s, end_s }: { start_s: number; end_s: number }) => ({
      start_ms: toMilliseconds(start_s),
      end_ms: toMilliseconds(end_s),
    });
    return {
      video_id,
      tracks: await Promise.all(
        tracks.map(async ({ track_id, source, language, name }) => ({
          track_id,
          source,
          language,
          name,
          cues: (await getCues(db, track_id)).map(({ cue_id, text, original_text, ...times }) => ({
            cue_id,
            ...toTimes(times),
            text,
            is_edited: original_text !== null,
          })),
        })),
      ),
      on_screen: written.map(({ cue_id, text, box, confidence, ...times }) => ({
        cue_id,
        ...toTimes(times),
        text,
        box: box ?? [],
        confidence,
      })),
      recognition: {
        is_available: await recognition.isAvailable(),
        status: speech?.status ?? null,
        percentage: speech?.percentage ?? 0,
        error: speech?.error ?? null,
      },
    };
  });

  app.post('/local/words', async (request): Promise<WordTimes> => {
    const { videoIds } = await getSearchableScope(db, request.owner, valid(visualizeRequestSchema, request.body));
    return { videos: await getWordTimes(platform.readDb, videoIds) };
  });

  app.post('/local/videos/:video_id/transcribe', async (request, reply) => {
    const { video_id } = valid(videoIdSchema, request.params, 'path');
    await ownVideo(db, request.owner, video_id);
    if (!(await recognition.isAvailable()))
      throw new HttpError(
        409,
        'No speech recognition is configured: choose a model on the Models page, or set TRANSCRIBE_BASE_URL.',
      );
    await initiateSpeech(db, { videoId: video_id, owner: request.owner });
    return reply.code(202).send({ video_id });
  });

  app.get('/local/videos/:video_id/tracks/:track_id/transcript.:format', async (request, reply) => {
    const { video_id, track_id, format } = valid(transcriptParamsSchema, request.params, 'path');
    const video = await ownVideo(db, request.owner, video_id);
    const track = (await getTracks(db, video_id)).find((candidate) => candidate.track_id === track_id);
    if (!track) throw new HttpError(404, 'This video has no such track.');
    const { type, body } = formatTranscript(format, await getCues(db, track_id));
    const name = [video.name, track.language].filter(Boolean).join('.');
    return reply
      .type(type)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${name}.${format}`)}`)
      .send(body);
  });

  app.delete('/local/videos/:video_id/tracks/:track_id', async (request, reply) => {
    const { video_id, track_id } = valid(trackParamsSchema, request.params, 'path');
    await ownVideo(db, request.owner, video_id);
    const { numDeletedRows } = await db
      .deleteFrom('text_tracks')
      .where('track_id', '=', track_id)
      .where('video_id', '=', video_id)
      .where('source', '!=', 'embedded')
      .executeTakeFirst();
    if (numDeletedRows === 0n) throw new HttpError(404, 'This video has no such track that can be removed.');
    return reply.code(204).send();
  });

  app.patch('/local/videos/:video_id/cues/:cue_id', async (request, reply) => {
    const { video_id, cue_id } = valid(cueParamsSchema, request.params, 'path');
    const { text } = valid(cueBodySchema, request.body);
    await ownVideo(db, request.owner, video_id);
    const { numUpdatedRows } = await db
      .updateTable('cues')
      .set((eb) => ({ text, original_text: eb.fn.coalesce('original_text', 'text') }))
      .where('cue_id', '=', cue_id)
      .where('video_id', '=', video_id)
      .where('track_id', 'is not', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new HttpError(404, 'This video has no such cue.');
    return reply.code(204).send();
  });

  app.register(async (scope) => {
    // Whatever a client calls the file: its content decides.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BODY_BYTES }, (_request, body, done) =>
      done(null, body),
    );
    scope.post('/local/videos/:video_id/subtitles', async (request, reply) => {
      const { video_id } = valid(videoIdSchema, request.params, 'path');
      const { name, language } = valid(subtitleQuerySchema, request.query, 'query');
      await ownVideo(db, request.owner, video_id);
      const cues = readSubtitles(request.body);
      const track = {
        language: language === undefined ? getNamedLanguage(name) : toLanguageTag(language),
        title: null,
        cues,
      };
      const trackId = await db.transaction().execute(async (trx) => {
        const { count } = await trx
          .selectFrom('text_tracks')
          .select(({ fn }) => fn.countAll<string>().as('count'))
          .where('video_id', '=', video_id)
          .executeTakeFirstOrThrow();
        if (Number(count) >= MAX_TRACKS) throw new HttpError(409, `A video has at most ${MAX_TRACKS} subtitle tracks.`);
        return addTrack(trx, video_id, 'file', track);
      });
      return reply.code(201).send({ track_id: trackId, language: track.language, cues: cues.length });
    });
  });
}

function readSubtitles(body: unknown) {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  if (bytes.length > MAX_SUBTITLE_BYTES) throw new HttpError(413, 'This file is over 10 MB, too large for subtitles.');
  try {
    return parseSubtitleFile(bytes);
  } catch (error) {
    if (error instanceof SubtitleFileError) throw new HttpError(422, error.message);
    throw error;
  }
}
