import { randomUUID } from 'node:crypto';
import { type Insertable, sql } from 'kysely';
import type { WordTimes } from '#api/contracts/transcripts.ts';
import type { Db, Trx } from '../../db/database.ts';
import type { Tables, TextTrackSource } from '../../db/tables.ts';
import { nameTracks } from '../../tasks/media/master-playlist.ts';
import type { ScreenText } from '../../tasks/vision/text/screen-text.ts';
import { toSearchConfig } from './search-config.ts';
import type { TimedText } from './subtitle-file.ts';

/** Rows of one statement: each has seven parameters, of which Postgres takes 65,535. */
const ROWS_PER_INSERT = 5_000;

export interface NewTrack {
  readonly language: string | null;
  readonly title: string | null;
  readonly cues: readonly TimedText[];
}

async function insertCues(trx: Trx, rows: readonly Insertable<Tables['cues']>[]): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) {
    await trx
      .insertInto('cues')
      .values(rows.slice(at, at + ROWS_PER_INSERT))
      .execute();
  }
}

async function insertTrack(
  trx: Trx,
  { videoId, source, position }: { videoId: string; source: TextTrackSource; position: number },
  { language, title, cues }: NewTrack,
  edits: ReadonlyMap<number, string>,
): Promise<string> {
  const trackId = randomUUID();
  await trx
    .insertInto('text_tracks')
    .values({ track_id: trackId, video_id: videoId, position, source, language, title })
    .execute();
  await insertCues(
    trx,
    cues.map(({ start, end, text }) => {
      const edit = edits.get(start);
      return {
        cue_id: randomUUID(),
        video_id: videoId,
        track_id: trackId,
        start_s: start,
        end_s: end,
        text: edit ?? text,
        original_text: edit === undefined ? null : text,
        config: toSearchConfig(language),
      };
    }),
  );
  return trackId;
}

/** Replaces all tracks of a source. Cues that were edited keep their new text when they start at the same time again. */
export async function replaceTracks(
  trx: Trx,
  videoId: string,
  source: TextTrackSource,
  tracks: readonly NewTrack[],
): Promise<void> {
  const edited = await trx
    .selectFrom('cues')
    .innerJoin('text_tracks', 'text_tracks.track_id', 'cues.track_id')
    .select(['position', 'start_s', 'text'])
    .where('text_tracks.video_id', '=', videoId)
    .where('source', '=', source)
    .where('original_text', 'is not', null)
    .execute();
  await trx.deleteFrom('text_tracks').where('video_id', '=', videoId).where('source', '=', source).execute();
  for (const [position, track] of tracks.entries()) {
    const edits = new Map(
      edited.filter((cue) => cue.position === position).map(({ start_s, text }) => [start_s, text]),
    );
    await insertTrack(trx, { videoId, source, position }, track, edits);
  }
}

/** Adds a track behind those that there are. Resolves to its id. */
export async function addTrack(trx: Trx, videoId: string, source: TextTrackSource, track: NewTrack): Promise<string> {
  const { last } = await trx
    .selectFrom('text_tracks')
    .select(({ fn }) => fn.max('position').as('last'))
    .where('video_id', '=', videoId)
    .where('source', '=', source)
    .executeTakeFirstOrThrow();
  return insertTrack(trx, { videoId, source, position: (last ?? -1) + 1 }, track, new Map());
}

/** Replaces what is written in a video's picture. */
export async function replaceScreenTexts(trx: Trx, videoId: string, texts: readonly ScreenText[]): Promise<void> {
  await trx.deleteFrom('cues').where('video_id', '=', videoId).where('track_id', 'is', null).execute();
  await insertCues(
    trx,
    texts.map(({ start, end, text, box, confidence }) => ({
      cue_id: randomUUID(),
      video_id: videoId,
      track_id: null,
      start_s: start,
      end_s: end,
      text,
      box: [...box],
      confidence,
    })),
  );
}

const SOURCES: readonly TextTrackSource[] = ['file', 'embedded', 'recognized'];

/** The tracks of a video: added files first, then those of the source, then what was recognized. Each has another name. */
export async function getTracks(db: Db, videoId: string) {
  const rows = await db
    .selectFrom('text_tracks')
    .select(['track_id', 'source', 'language', 'title'])
    .where('video_id', '=', videoId)
    .orderBy('position')
    .execute();
  const tracks = SOURCES.flatMap((source) => rows.filter((row) => row.source === source));
  const names = nameTracks(tracks);
  return tracks.map((track, index) => ({ ...track, name: names[index] ?? '' }));
}

/** What is said in a video, by its first track, and what is written in its picture; in order. */
export async function getSpokenAndWritten(db: Db, videoId: string) {
  const [track] = await getTracks(db, videoId);
  const rows = await db
    .selectFrom('cues')
    .select(['start_s', 'end_s', 'text', 'track_id'])
    .where('video_id', '=', videoId)
    .where((eb) => eb.or([eb('track_id', 'is', null), eb('track_id', '=', track?.track_id ?? null)]))
    .orderBy('start_s')
    .execute();
  return rows.map(({ track_id, ...cue }) => ({
    ...cue,
    kind: track_id === null ? ('written' as const) : ('said' as const),
  }));
}

export const getCues = (db: Db, trackId: string) =>
  db
    .selectFrom('cues')
    .select(['cue_id', 'start_s', 'end_s', 'text', 'original_text'])
    .where('track_id', '=', trackId)
    .orderBy('start_s')
    .execute();

/** When something is said and written in videos that have words: a row for each, since one for each cue takes far longer. */
export async function getWordTimes(readDb: Db, videoIds: readonly string[]): Promise<WordTimes['videos']> {
  const { rows } = await sql<{ video_id: string; said: number[] | null; written: number[] | null }>`
    with times as (
      select video_id, track_id is null as is_written,
        array[round(start_s * 1000)::bigint, round(end_s * 1000)::bigint] as range
      from cues where video_id = any(${[...videoIds]}::uuid[])
    )
    select video_id, json_agg(range) filter (where not is_written) as said, json_agg(range) filter (where is_written) as written
    from times group by video_id`.execute(readDb);
  return rows.map(({ video_id, said, written }) => ({
    video_id,
    said: (said ?? []).flat(),
    written: (written ?? []).flat(),
  }));
}
