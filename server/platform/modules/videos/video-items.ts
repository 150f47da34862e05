import type { Selectable } from 'kysely';
import type { VideoListItem } from '#api/contracts/videos.ts';
import type { Platform } from '../../context.ts';
import { getStageStates, type StageStates } from '../../db/stages.ts';
import type { Tables } from '../../db/tables.ts';
import type { UrlBuilder } from '../../http/url-builder.ts';
import { SCRUB_FRAMES } from '../../tasks/media/scrub-frames.ts';
import { RENDITION_VERSION } from '../pipelines/outputs.ts';
import { LIST_WORDS } from '../pipelines/routes.ts';

type Video = Selectable<Tables['videos']>;

/** One video as lists show it. Links stand only where there is something behind them. */
function toListItem(links: UrlBuilder, video: Video, states: StageStates): VideoListItem {
  const id = video.video_id;
  const { transcode, thumbnails, hls, analyse, search } = states;
  const rendition = transcode?.isPublished ? transcode.output?.renditions?.[0]?.file : undefined;
  const { poster } = (thumbnails?.isPublished && thumbnails.output) || {};
  const stream = (hls?.isPublished && hls.output) || {};
  // What was there once is served while it is made again, so the status stays.
  const [isAnalysed, isSearchable] = [analyse?.isPublished === true, search?.isPublished === true];
  return {
    video_id: id,
    name: video.name,
    status: isAnalysed ? (isSearchable ? 'processed' : 'analysed') : isSearchable ? 'search_processed' : 'uploaded',
    video_path: rendition === undefined ? null : links.file(id, rendition),
    thumbnail_path: poster === undefined ? null : links.file(id, poster),
    hls_playlist_path: stream.hls === undefined ? null : links.hls(id, stream.hls),
    transcoding_status: transcode?.status ?? null,
    hls_generation_status: hls?.status ?? null,
    thumbnail_generation_status: thumbnails?.status ?? null,
    analyse_status: analyse ? LIST_WORDS[analyse.status] : null,
    search_process_status: search ? LIST_WORDS[search.status] : null,
    created_at: video.created_at.toISOString(),
    recorded_at: video.metadata?.recordedAt ?? null,
    duration: video.metadata?.duration ?? null,
    scrub_path: stream.scrub === undefined ? null : links.file(id, stream.scrub),
    scrub_frames: SCRUB_FRAMES,
    is_outdated: rendition !== undefined && (transcode?.output?.version ?? 1) < RENDITION_VERSION,
    warnings: [...(video.metadata?.warnings ?? [])],
  };
}

/** Videos as lists show them, in the given order. */
export async function toVideoItems(
  platform: Platform,
  links: UrlBuilder,
  videos: readonly Video[],
): Promise<VideoListItem[]> {
  const states = await getStageStates(
    platform.db,
    videos.map((video) => video.video_id),
  );
  return videos.map((video) => toListItem(links, video, states.get(video.video_id) ?? {}));
}
