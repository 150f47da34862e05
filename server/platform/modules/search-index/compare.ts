import type { FastifyRequest } from 'fastify';
import type { ComparedHit, Comparison } from '#api/contracts/models.ts';
import { toMilliseconds } from '#lib/time.ts';
import type { Platform } from '../../context.ts';
import { HttpError } from '../../http/http-error.ts';
import { getSearchableScope } from '../../http/ownership.ts';
import { UrlBuilder } from '../../http/url-builder.ts';
import { nearestSegments } from '../search/nearest-segments.ts';
import { readNextIndex } from './next-index.ts';

/** What a person has said of the hits of a search, by segment. */
async function readMarks({ db }: Platform, owner: string, query: string): Promise<Map<string, boolean>> {
  const marks = await db
    .selectFrom('search_marks')
    .select(['segment_id', 'is_right'])
    .where('owner', '=', owner)
    .where('query', '=', query)
    .execute();
  return new Map(marks.map(({ segment_id, is_right }) => [segment_id, is_right]));
}

/** Searches all videos of a person by looks, with the model that is searched with and with the next one. Costs nothing. */
export async function compareIndexes(
  platform: Platform,
  request: FastifyRequest,
  { query, limit }: { query: string; limit: number },
): Promise<Comparison> {
  const { db, embedders } = platform;
  const next = await readNextIndex(db);
  if (!next) throw new HttpError(404, 'There is no index of another model.');
  const { videoIds } = await getSearchableScope(db, request.owner, { all_videos: true });
  const links = new UrlBuilder(platform, request);
  const marks = await readMarks(platform, request.owner, query);
  const search = async (model: string, column: 'embedding' | 'embedding_next'): Promise<ComparedHit[]> => {
    const vector = await (await embedders.get(model)).embedText(query);
    const near = await nearestSegments(platform, videoIds, vector, limit, column);
    return near.map(({ segment_id, video_id, start_s, end_s, caption, score, thumbnail }) => ({
      segment_id,
      video_id,
      start_ms: toMilliseconds(start_s),
      end_ms: toMilliseconds(end_s),
      text: caption,
      score: Math.round(score * 1e4) / 1e4,
      thumbnail_url: links.file(video_id, thumbnail),
      is_right: marks.get(segment_id) ?? null,
    }));
  };
  return {
    query,
    serving: await search(await embedders.getServingName(), 'embedding'),
    next: await search(next.model, 'embedding_next'),
  };
}
