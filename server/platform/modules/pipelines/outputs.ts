import { sql } from 'kysely';
import type { Db } from '../../db/database.ts';
import type { Stage, StageOutput } from '../../db/tables.ts';
import { HttpError } from '../../http/http-error.ts';
import type { UrlBuilder } from '../../http/url-builder.ts';
import type { Shots } from '../../tasks/protocol.ts';

/**
 * Raised when sources are understood better than before (their time, shape, color, sound, tracks): videos with older renditions
 * are marked, and can be processed again.
 */
export const RENDITION_VERSION = 3;

/** What a stage of a video has published; null when it has never completed. */
export async function getOutput(db: Db, videoId: string, stage: Stage): Promise<StageOutput | null> {
  const row = await db
    .selectFrom('stages')
    .select('output')
    .where('video_id', '=', videoId)
    .where('stage', '=', stage)
    .where('published_at', 'is not', null)
    .executeTakeFirst();
  return row?.output ?? null;
}

/** Where the shots of a video's main rendition start; null for one of an earlier version. */
export async function getShots(db: Db, videoId: string): Promise<Shots | null> {
  const encoded = await getOutput(db, videoId, 'transcode');
  return encoded?.shots ?? (await getOutput(db, videoId, 'check'))?.shots ?? null;
}

/** Where a video can be played from, as keys: its largest mp4 rendition and its HLS package, once there are any. */
export interface Playback {
  readonly rendition?: string;
  readonly hls?: string;
}

/** URLs that play a video; null for what it does not have. */
export const getPlaybackUrls = (links: UrlBuilder, videoId: string, { rendition, hls }: Playback = {}) => ({
  hls_playlist_url: hls === undefined ? null : links.hls(videoId, hls),
  video_url: rendition === undefined ? null : links.file(videoId, rendition),
});

/** What can be played of several videos, by video id. */
export async function getPlayback(db: Db, videoIds: readonly string[]): Promise<Map<string, Playback>> {
  const byVideo = new Map<string, Playback>(videoIds.map((id) => [id, {}]));
  const rows = await db
    .selectFrom('stages')
    .select(['video_id', 'output'])
    .where('video_id', '=', sql<string>`any(${[...videoIds]}::uuid[])`)
    .where('stage', 'in', ['transcode', 'hls'])
    .where('published_at', 'is not', null)
    .execute();
  for (const { video_id, output } of rows) {
    const rendition = output?.renditions?.[0]?.file;
    byVideo.set(video_id, {
      ...byVideo.get(video_id),
      ...(rendition === undefined ? {} : { rendition }),
      ...(output?.hls === undefined ? {} : { hls: output.hls }),
    });
  }
  return byVideo;
}

/** Key of a video's largest rendition. Throws a 409 before transcoding is done. */
export async function getMainRendition(db: Db, videoId: string): Promise<string> {
  const key = (await getOutput(db, videoId, 'transcode'))?.renditions?.[0]?.file;
  if (key === undefined) throw new HttpError(409, 'The video has not been transcoded yet.');
  return key;
}
