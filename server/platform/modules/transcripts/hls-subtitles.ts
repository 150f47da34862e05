import type { Db } from '../../db/database.ts';
import { formatSubtitlePlaylist, withSubtitles } from '../../tasks/media/master-playlist.ts';
import { toWebVtt } from './format-transcript.ts';
import { getCues, getTracks } from './text-tracks.ts';

/** Beside the packages: playlists and files of tracks that were added or edited after packaging. */
export const TRACK_FILE =
  /^(?:(?:hls|ladder)(?:-\d+)?\/)?subtitles-(?<track>[0-9a-f-]{36})\/(?<file>index\.m3u8|subtitles\.vtt)$/;

/**
 * A package's multivariant playlist with the subtitles that the video has now: those of the package keep their markup unless
 * they were edited.
 */
export async function addSubtitles(db: Db, videoId: string, playlist: string): Promise<string> {
  const tracks = await getTracks(db, videoId);
  if (tracks.length === 0) return playlist;
  const edited = await db
    .selectFrom('cues')
    .innerJoin('text_tracks', 'text_tracks.track_id', 'cues.track_id')
    .select('cue_id')
    .where('text_tracks.video_id', '=', videoId)
    .where('source', '=', 'embedded')
    .where('original_text', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  const isEdited = edited !== undefined;
  const entries = tracks
    .filter(({ source }) => isEdited || source !== 'embedded')
    .map(({ track_id, language, name }) => ({
      label: { language, title: name },
      uri: `subtitles-${track_id}/index.m3u8`,
    }));
  return withSubtitles(playlist, entries, !isEdited);
}

/** A track as WebVTT on the video's timeline; null when the video has no such track. */
export async function getTrackAsWebVtt(db: Db, videoId: string, trackId: string): Promise<string | null> {
  const track = await db
    .selectFrom('text_tracks')
    .select('track_id')
    .where('track_id', '=', trackId)
    .where('video_id', '=', videoId)
    .executeTakeFirst();
  if (!track) return null;
  return toWebVtt(await getCues(db, trackId));
}

/** The playlist of a track's one file. */
export const getTrackPlaylist = (seconds: number): string => formatSubtitlePlaylist('subtitles.vtt', seconds);
