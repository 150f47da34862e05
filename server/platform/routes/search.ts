import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { CHAT } from '#api/paths.ts';
import { searchRequestSchema, visualizeRequestSchema } from '#api/schemas/search.ts';
import { formatTimecode } from '#lib/time.ts';
import type { Platform } from '../context.ts';
import { charged } from '../credits.ts';
import { colorOf } from '../map/colors.ts';
import { renditionNames } from '../pipelines/renditions.ts';
import { Problem, valid } from '../problem.ts';
import { mergeMoments } from '../search/merge-moments.ts';
import { nearestSegments } from '../search/nearest.ts';
import { Links } from './links.ts';
import { searchableScope } from './ownership.ts';

/** Segments fetched beyond the hits asked for, at most. */
const SPARE = 100;

const tooFew = () => new Problem(400, 'A map needs at least 2 segments; this selection has fewer.');

export function searchRoutes(app: FastifyInstance, platform: Platform): void {
  const { db, embedder, layout, maps } = platform;

  const renditionUrl = async (links: Links, videoId: string) => {
    const [name] = await renditionNames(layout, videoId);
    return name ? links.rendition(videoId, name) : null;
  };

  app.post(`${CHAT}/search`, async (request) => {
    const body = valid(searchRequestSchema, request.body);
    const scope = await searchableScope(db, request.owner, body);
    const hits = await charged(db, request.owner, 'search', async () => {
      const vector = await embedder.embedText(body.query);
      // More than asked for, since some of them may turn out to be one moment.
      const near = await nearestSegments(db, scope, vector, body.top_k + Math.min(SPARE, 2 * body.top_k));
      return mergeMoments(near).slice(0, body.top_k);
    });
    const links = new Links(platform, request);
    // Many hits share a video, and each video's files need listing only once.
    const videoIds = [...new Set(hits.map((hit) => hit.video_id))];
    const urls = new Map(await Promise.all(videoIds.map(async (id) => [id, await renditionUrl(links, id)] as const)));
    return hits.map((hit, index) => ({
      rank: index + 1,
      start: formatTimecode(hit.start_s),
      end: formatTimecode(hit.end_s),
      video_id: hit.video_id,
      segment_id: hit.segment_id,
      score: Math.round(hit.score * 1e4) / 1e4,
      close: hit.score >= embedder.close,
      text: hit.caption,
      thumbnail_url: links.segmentThumbnail(hit.video_id, hit.thumbnail),
      hls_playlist_url: links.hls(hit.video_id),
      video_url: urls.get(hit.video_id) ?? null,
    }));
  });

  app.post(`${CHAT}/visualize`, async (request) => {
    const body = valid(visualizeRequestSchema, request.body);
    const scope = await searchableScope(db, request.owner, body);
    if (scope.length === 0) throw tooFew();
    const segments = await db
      .selectFrom('segments')
      .select([
        'segment_id',
        'video_id',
        'start_s',
        'end_s',
        'thumbnail',
        'caption',
        sql<string>`embedding::text`.as('vector'),
      ])
      .where('video_id', 'in', scope)
      .where('embedding', 'is not', null)
      .orderBy('video_id')
      .orderBy('position')
      .execute();
    if (segments.length < 2) throw tooFew();
    const places = await maps.place(segments);
    const videos = await db
      .selectFrom('videos')
      .select(['video_id', 'position'])
      .where('video_id', 'in', scope)
      .execute();
    const links = new Links(platform, request);
    const entries = await Promise.all(
      videos.map(async ({ video_id, position }) => [
        video_id,
        {
          video_id,
          color: colorOf(position),
          hls_playlist_url: links.hls(video_id),
          video_url: await renditionUrl(links, video_id),
        },
      ]),
    );
    return {
      videos: Object.fromEntries(entries),
      points: segments.map((segment, index) => ({
        segment_id: segment.segment_id,
        video_id: segment.video_id,
        x: places[index]?.[0] ?? 0.5,
        y: places[index]?.[1] ?? 0.5,
        start: formatTimecode(segment.start_s),
        end: formatTimecode(segment.end_s),
        text: segment.caption,
        thumbnail_url: links.segmentThumbnail(segment.video_id, segment.thumbnail),
      })),
    };
  });
}
