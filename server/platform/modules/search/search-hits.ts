import type { FastifyRequest } from 'fastify';
import type { Platform } from '../../context.ts';
import { UrlBuilder } from '../../http/url-builder.ts';
import { getPlayback, getPlaybackUrls } from '../pipelines/outputs.ts';
import { toAnswerTimes } from '../segments/segment-times.ts';
import type { HybridHit } from './hybrid-search.ts';

/** Hits as the API answers them, best first. */
export async function toSearchHits(platform: Platform, request: FastifyRequest, hits: readonly HybridHit[]) {
  const links = new UrlBuilder(platform, request);
  const playback = await getPlayback(platform.db, [...new Set(hits.map((hit) => hit.video_id))]);
  return hits.map((hit, index) => ({
    rank: index + 1,
    ...toAnswerTimes(hit),
    video_id: hit.video_id,
    segment_id: hit.segment_id,
    close: hit.isClose,
    score: Math.round(hit.score * 1e4) / 1e4,
    matched_on: hit.matchedOn,
    matched_text: hit.matchedText,
    text: hit.caption,
    thumbnail_url: links.file(hit.video_id, hit.thumbnail),
    ...getPlaybackUrls(links, hit.video_id, playback.get(hit.video_id)),
  }));
}
