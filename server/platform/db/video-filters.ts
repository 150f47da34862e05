import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { SearchFilters } from '#api/contracts/requests.ts';
import type { Tables } from './tables.ts';

/** When a video was recorded, as its file says; null where that is not known. */
export const recordedAt = sql<Date | null>`(metadata ->> 'recordedAt')::timestamptz`;
/** Seconds; null before a video has been prepared. */
export const videoSeconds = sql<number | null>`(metadata ->> 'duration')::float8`;

/** The conditions that a video has to meet, one for each filter that is set. What is not known of a video meets none. */
export function getFilterConditions(
  eb: ExpressionBuilder<Tables, 'live_videos'>,
  filters: SearchFilters,
): Expression<SqlBool>[] {
  const { added_from, added_until, recorded_from, recorded_until, min_seconds, max_seconds, has_speech } = filters;
  const hasSpeech = eb.exists(
    eb
      .selectFrom('cues')
      .select(sql`1`.as('one'))
      .whereRef('cues.video_id', '=', 'live_videos.video_id')
      .where('track_id', 'is not', null),
  );
  return [
    ...(added_from ? [eb('live_videos.created_at', '>=', new Date(added_from))] : []),
    ...(added_until ? [eb('live_videos.created_at', '<=', new Date(added_until))] : []),
    ...(recorded_from ? [eb(recordedAt, '>=', new Date(recorded_from))] : []),
    ...(recorded_until ? [eb(recordedAt, '<=', new Date(recorded_until))] : []),
    ...(typeof min_seconds === 'number' ? [eb(videoSeconds, '>=', min_seconds)] : []),
    ...(typeof max_seconds === 'number' ? [eb(videoSeconds, '<=', max_seconds)] : []),
    ...(typeof has_speech === 'boolean' ? [has_speech ? hasSpeech : eb.not(hasSpeech)] : []),
  ];
}
