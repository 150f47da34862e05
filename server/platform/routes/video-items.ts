import { existsSync } from 'node:fs';
import type { Selectable } from 'kysely';
import type { VideoListItem } from '#api/schemas/videos.ts';
import type { Platform } from '../context.ts';
import { type StageStates, stagesOf } from '../db/stages.ts';
import type { Tables } from '../db/tables.ts';
import { SCRUB_FRAMES } from '../media/scrub-frames.ts';
import { renditionNames } from '../pipelines/renditions.ts';
import type { Links } from './links.ts';
import { PIPELINE_WORDS } from './pipelines.ts';

type Video = Selectable<Tables['videos']>;

/** One video as lists show it. Links stand only where there is something behind them. */
async function listItem(platform: Platform, links: Links, video: Video, states: StageStates): Promise<VideoListItem> {
  const [rendition] = await renditionNames(platform.layout, video.video_id);
  const ready = (stage: keyof StageStates) => states[stage]?.status === 'completed';
  const [analysed, searchable] = [ready('analyse'), ready('search')];
  const both = analysed && searchable;
  return {
    video_id: video.video_id,
    name: video.name,
    status: both ? 'processed' : analysed ? 'analysed' : searchable ? 'search_processed' : 'uploaded',
    video_path: rendition && ready('transcode') ? links.rendition(video.video_id, rendition) : null,
    thumbnail_path: ready('thumbnails') ? links.poster(video.video_id) : null,
    hls_playlist_path: ready('hls') ? links.hls(video.video_id) : null,
    transcoding_status: states.transcode?.status ?? null,
    hls_generation_status: states.hls?.status ?? null,
    thumbnail_generation_status: states.thumbnails?.status ?? null,
    analyse_status: states.analyse ? PIPELINE_WORDS.analyse[states.analyse.status] : null,
    search_process_status: states.search ? PIPELINE_WORDS.search[states.search.status] : null,
    created_at: video.created_at.toISOString(),
    duration: video.metadata?.duration ?? null,
    scrub_path: ready('hls') && existsSync(platform.layout.scrub(video.video_id)) ? links.scrub(video.video_id) : null,
    scrub_frames: SCRUB_FRAMES,
  };
}

/** Videos as lists show them, in the given order. */
export async function videoItems(platform: Platform, links: Links, videos: readonly Video[]): Promise<VideoListItem[]> {
  const states = await stagesOf(
    platform.db,
    videos.map((video) => video.video_id),
  );
  return Promise.all(videos.map((video) => listItem(platform, links, video, states.get(video.video_id) ?? {})));
}
