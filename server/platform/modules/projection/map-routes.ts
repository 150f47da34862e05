import { Readable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { MAP_MEDIA_TYPE, type MapRun } from '#api/contracts/map.ts';
import { visualizeRequestSchema } from '#api/contracts/requests.ts';
import { CHAT } from '#api/paths.ts';
import type { Platform } from '../../context.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { getSearchableScope } from '../../http/ownership.ts';
import { UrlBuilder } from '../../http/url-builder.ts';
import { getPlayback, getPlaybackUrls } from '../pipelines/outputs.ts';
import { toAnswerTimes } from '../segments/segment-times.ts';
import { getColor } from './colors.ts';
import { getFingerprint, toMapAnswer, toPlainAnswer } from './map-answer.ts';
import { readMapSegments, toMapRequest } from './map-segments.ts';
import { getMapKey } from './projection-service.ts';

/** The layout of so many segments is waited for: it takes three seconds at most. */
const MAX_AWAITED_SEGMENTS = 2_000;
const runParamsSchema = z.object({ run_id: z.string().regex(/^[0-9a-f]{64}$/, 'is not valid') });

/** Sends bytes in pieces, compressed where the client takes that. */
function sendPieces(request: FastifyRequest, reply: FastifyReply, pieces: readonly Uint8Array[]) {
  const body = Readable.from(pieces);
  const accepted = String(request.headers['accept-encoding'] ?? '');
  reply.header('vary', 'accept-encoding');
  if (!/\bgzip\b/.test(accepted)) return reply.send(body);
  // Fast rather than small: places hardly get smaller, times and addresses do at any level.
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  body.on('error', (error) => gzip.destroy(error));
  return reply.header('content-encoding', 'gzip').send(body.pipe(gzip));
}

/** Maps of segments: `visualize` of the API, and what the app uses where the platform is embedded. */
export function mapRoutes(app: FastifyInstance, platform: Platform): void {
  const { db, maps, mapRuns } = platform;

  /** The videos that a request asks a map of. */
  async function readScope(request: FastifyRequest) {
    const body = valid(visualizeRequestSchema, request.body);
    const { videoIds } = await getSearchableScope(db, request.owner, body);
    return { body, videoIds };
  }

  /** Their segments, and how to place them. */
  async function readSegments(owner: string, videoIds: readonly string[]) {
    const segments = await readMapSegments(platform.readDb, videoIds);
    return { segments, map: await toMapRequest(platform, owner, segments) };
  }

  /** The map of some videos, or how far its computation is. A large one is kept whole, since reading its segments takes long. */
  async function findAnswer(owner: string, videoIds: readonly string[]): Promise<Buffer | MapRun> {
    const fingerprint = await getFingerprint(platform, videoIds);
    const kept = await maps.findAnswer(owner, fingerprint);
    if (kept) return kept;
    const { segments, map } = await readSegments(owner, videoIds);
    if (segments.count <= MAX_AWAITED_SEGMENTS) return toPlainAnswer(segments, await maps.place(map));
    const key = getMapKey(map);
    const places = await maps.find(key);
    if (!places) return mapRuns.start(map);
    const answer = toPlainAnswer(segments, places);
    await maps.keepAnswer(key, places, { fingerprint, answer });
    return answer;
  }

  /** What is told of each video on a map, by its id. */
  async function readVideos(request: FastifyRequest, videoIds: readonly string[]) {
    const links = new UrlBuilder(platform, request);
    const rows = await db
      .selectFrom('videos')
      .select(['video_id', 'position'])
      .where('video_id', '=', sql<string>`any(${[...videoIds]}::uuid[])`)
      .execute();
    const playback = await getPlayback(db, videoIds);
    const videos = rows.map(
      ({ video_id, position }) =>
        [
          video_id,
          { video_id, color: getColor(position), ...getPlaybackUrls(links, video_id, playback.get(video_id)) },
        ] as const,
    );
    const positions = new Map(rows.map(({ video_id, position }) => [video_id, position]));
    return { links, videos: new Map(videos), positions };
  }

  async function sendMap(
    request: FastifyRequest,
    reply: FastifyReply,
    videoIds: readonly string[],
    answer: Buffer,
  ): Promise<FastifyReply> {
    const { links, videos, positions } = await readVideos(request, videoIds);
    const getVideo = (videoId: string) => {
      const position = positions.get(videoId) ?? 0;
      return { position, color: getColor(position), hls_playlist_url: videos.get(videoId)?.hls_playlist_url ?? null };
    };
    reply.type(MAP_MEDIA_TYPE);
    return sendPieces(request, reply, toMapAnswer(answer, links, getVideo));
  }

  app.post(`${CHAT}/visualize`, async (request) => {
    const { videoIds } = await readScope(request);
    const { segments, map } = await readSegments(request.owner, videoIds);
    const places = await maps.place(map);
    const { links, videos } = await readVideos(request, videoIds);
    let at = 0;
    return {
      videos: Object.fromEntries(videos),
      points: segments.videos.flatMap(({ video_id, segmentIds, starts, ends, thumbnails, captions }) =>
        segmentIds.map((segment_id, index) => {
          const [x, y] = [places[at * 2] ?? 0.5, places[at * 2 + 1] ?? 0.5];
          at += 1;
          return {
            segment_id,
            video_id,
            x,
            y,
            ...toAnswerTimes({ start_s: starts[index] ?? 0, end_s: ends[index] ?? 0 }),
            text: captions[index],
            thumbnail_url: links.file(video_id, thumbnails[index] ?? ''),
          };
        }),
      ),
    };
  });

  app.post('/local/map', async (request, reply) => {
    const { body, videoIds } = await readScope(request);
    if (body.all_videos) await rememberWholeMap(platform, request.owner);
    const answer = await findAnswer(request.owner, videoIds);
    if (!(answer instanceof Buffer)) return reply.code(202).send(answer);
    return sendMap(request, reply, videoIds, answer);
  });

  app.post('/local/map/draft', async (request, reply) => {
    const { videoIds } = await readScope(request);
    const { segments, map } = await readSegments(request.owner, videoIds);
    const places = await mapRuns.readDraft(request.owner, getMapKey(map));
    if (!places) throw new HttpError(404, 'This map is not being computed, or nothing of it is placed yet.');
    return sendMap(request, reply, videoIds, toPlainAnswer(segments, places));
  });

  app.get('/local/map/runs/:run_id', async (request) => {
    const { run_id } = valid(runParamsSchema, request.params, 'path');
    const run = await mapRuns.read(request.owner, run_id);
    if (!run) throw new HttpError(404, 'This map is not being computed.');
    return run;
  });

  // Visualize and the map keep the places of a map that grows.
  app.post('/local/map/layout', async (request, reply) => {
    const { videoIds } = await readScope(request);
    const { segments, map } = await readSegments(request.owner, videoIds);
    if (segments.count > MAX_AWAITED_SEGMENTS) return reply.code(202).send(await mapRuns.start(map, { again: true }));
    await maps.layOutAgain(map);
    return { segments: segments.count };
  });
}

/** From now on the map of all videos of this owner is computed ahead. */
async function rememberWholeMap({ db }: Platform, owner: string): Promise<void> {
  await db
    .insertInto('whole_maps')
    .values({ owner })
    .onConflict((conflict) => conflict.column('owner').doUpdateSet({ opened_at: sql<Date>`now()` }))
    .execute();
}
