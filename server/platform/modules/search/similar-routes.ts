import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { similarRequestSchema } from '#api/contracts/requests.ts';
import type { Platform } from '../../context.ts';
import { scaledTo } from '../../embedding/embedding-model.ts';
import { HttpError, valid, videoNotOwned } from '../../http/http-error.ts';
import { getChargeKey } from '../../http/idempotency.ts';
import { getSearchableScope, ownVideo } from '../../http/ownership.ts';
import type { Embedder } from '../../inference/embedder.ts';
import { UnreadableMediaError } from '../../tasks/protocol.ts';
import { runTask } from '../../tasks/run-task.ts';
import { charge } from '../credits/credits.ts';
import { readVectors } from '../projection/segment-vectors.ts';
import { nearestSegments } from './nearest-segments.ts';
import { toSearchHits } from './search-hits.ts';

/** A picture is described in seconds; what takes longer is stopped. */
const TIMEOUT_MS = 60_000;

/** Both directions, equally. */
const add = (a: Float32Array, b: Float32Array): Float32Array =>
  scaledTo(
    1,
    a.map((value, index) => value + (b[index] ?? 0)),
  );

/** Segments that look like another segment or like a picture; words may narrow it. Beside the API. */
export function similarRoutes(app: FastifyInstance, platform: Platform): void {
  const { db, embedders, scratch } = platform;

  async function getSegmentVector(owner: string, segmentId: string): Promise<Float32Array> {
    const segment = await db
      .selectFrom('segments')
      .select((eb) => ['video_id', eb('embedding', 'is not', null).as('isSearchable')])
      .where('segment_id', '=', segmentId)
      .executeTakeFirst();
    // As for a segment of another owner.
    if (!segment) throw videoNotOwned();
    await ownVideo(db, owner, segment.video_id);
    const [vector] = segment.isSearchable ? await readVectors(db, [segmentId]) : [];
    if (!vector) throw new HttpError(409, 'The video of this segment is not searchable yet.');
    return vector;
  }

  const getPictureVector = (embedder: Embedder, picture: string): Promise<Float32Array> =>
    scratch.use(async (folder) => {
      const file = path.join(folder, 'picture');
      await writeFile(file, Buffer.from(picture, 'base64'));
      try {
        const observation = await runTask('analyzePicture', { input: file }, { timeoutMs: TIMEOUT_MS });
        return await embedder.embedSegment({ observation, fetchPictures: async () => [file] });
      } catch (error) {
        if (error instanceof UnreadableMediaError) throw new HttpError(422, error.message);
        throw error;
      }
    });

  app.post('/local/search/similar', async (request) => {
    const body = valid(similarRequestSchema, request.body);
    const { segment_id: segmentId, picture, query, top_k: limit } = body;
    const scope = await getSearchableScope(db, request.owner, body);
    const near = await embedders.withServing(async (embedder) => {
      const looks = segmentId
        ? await getSegmentVector(request.owner, segmentId)
        : await getPictureVector(embedder, picture ?? '');
      const vector = query ? add(looks, await embedder.embedText(query)) : looks;
      // The segment itself is what it is most like.
      return nearestSegments(platform, scope.videoIds, vector, segmentId ? limit + 1 : limit);
    });
    const hits = near.filter((segment) => segment.segment_id !== segmentId).slice(0, limit);
    await charge(db, { owner: request.owner, kind: 'search', amount: 1, key: getChargeKey(request) });
    return toSearchHits(
      platform,
      request,
      hits.map((hit) => ({ ...hit, matchedOn: ['visual'], matchedText: null })),
    );
  });
}
