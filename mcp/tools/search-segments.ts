import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import type { Client } from '#api/client.ts';
import { inParallel } from '#api/concurrency.ts';
import { SEARCH_OPTIONS, type SearchHit, type SearchOption } from '#api/contracts/search.ts';
import { AbortedError, UnprocessableEntityError } from '#api/errors.ts';
import type { CallOptions } from '#api/http.ts';
import type { Scope } from '#api/resources/search.ts';
import { getText, readSegmentTimes } from '#api/segment-fields.ts';
import { isSearchable } from '#api/status.ts';
import { listAllVideos } from '#api/workflows/videos.ts';
import type { Session, Studio } from '../studio.ts';
import { formatRange, roundSeconds } from '../times.ts';

const DEFAULT_TOP_K = 10;
const MAX_TOP_K = 50;
const MAX_VIDEO_IDS = 500;
const MAX_PARALLEL_VIDEOS = 4;
const MAX_NAMED_COLLECTIONS = 30;

const SIGNALS: Readonly<Record<SearchOption, string>> = {
  visual: 'seen',
  transcription: 'said',
  text_in_video: 'on screen',
};

const inputShape = {
  query: z
    .string()
    .trim()
    .min(1)
    .max(4096)
    .describe('What to look for, in plain words. Words in "quotes" have to be said or written exactly as given.'),
  video_ids: z.array(z.string().min(1)).max(MAX_VIDEO_IDS).optional().describe('Only these videos.'),
  collection: z.string().min(1).optional().describe('Only the videos of this collection, by its name or id.'),
  top_k: z.int().min(1).max(MAX_TOP_K).default(DEFAULT_TOP_K).describe('How many results to return at most.'),
  search_options: z
    .array(z.enum(SEARCH_OPTIONS))
    .min(1)
    .optional()
    .describe(
      'What to look through: visual (what is seen), transcription (what is said), text_in_video (text on screen). Everything by default.',
    ),
};

const resultSchema = z.object({
  rank: z.number().describe('1 is the best.'),
  video_id: z.string(),
  video_name: z.string(),
  start_seconds: z.number(),
  end_seconds: z.number(),
  start: z.string().describe('HH:MM:SS, as end.'),
  end: z.string(),
  is_match: z
    .boolean()
    .nullable()
    .describe('False for a segment that is only the nearest there is; null where the platform does not say.'),
  score: z.number().nullable().describe('Cosine similarity of the picture to the query.'),
  matched_on: z.array(z.enum(SEARCH_OPTIONS)).describe('Why it was found.'),
  matched_text: z.string().nullable().describe('The words that were said or written.'),
  caption: z.string().nullable().describe('What is seen in the segment.'),
  url: z.string().nullable().describe('Opens the video in the studio at this time.'),
});
type Result = z.infer<typeof resultSchema>;

const isCollectionOf = (text: string) => {
  const name = text.toLocaleLowerCase();
  return (collection: { collection_id: string; name: string }) =>
    collection.collection_id === text || collection.name.toLocaleLowerCase() === name;
};

/** The id of a collection that is given by its name or id. Throws an `Error` that names the collections there are. */
async function findCollectionId(client: Client, text: string, call: CallOptions): Promise<string> {
  const names: string[] = [];
  const isWanted = isCollectionOf(text);
  for await (const collection of client.collections.iterate(undefined, call)) {
    if (isWanted(collection)) return collection.collection_id;
    if (names.length < MAX_NAMED_COLLECTIONS) names.push(collection.name);
  }
  const known = names.length > 0 ? `Collections are: ${names.join(', ')}.` : 'There are no collections.';
  throw new Error(`There is no collection "${text}". ${known}`);
}

type Search = (scope: Scope) => Promise<SearchHit[]>;

/** Searches every video. A hosted platform needs their ids, and refuses a request without them free of charge. */
async function searchAll(client: Client, search: Search, call: CallOptions): Promise<SearchHit[]> {
  try {
    return await search({ allVideos: true });
  } catch (error) {
    if (!(error instanceof UnprocessableEntityError)) throw error;
    const videos = (await listAllVideos(client, {}, call)).filter(isSearchable);
    return videos.length > 0 ? search({ videoIds: videos.map(({ video_id }) => video_id) }) : [];
  }
}

/** Names by video id; a video that was deleted meanwhile has its id for a name. */
async function readNames(client: Client, hits: readonly SearchHit[], call: CallOptions): Promise<Map<string, string>> {
  const ids = [...new Set(hits.map(({ video_id }) => video_id))];
  const names = await inParallel(ids, MAX_PARALLEL_VIDEOS, async (id) => {
    try {
      return (await client.videos.get(id, call)).name;
    } catch (error) {
      // The search has been paid for: a missing name must not lose its results.
      if (error instanceof AbortedError) throw error;
      return id;
    }
  });
  return new Map(ids.map((id, index) => [id, names[index] ?? id]));
}

function toResult(hit: SearchHit, names: ReadonlyMap<string, string>, { getVideoUrl }: Session): Result {
  const { start, end } = readSegmentTimes(hit);
  return {
    rank: hit.rank,
    video_id: hit.video_id,
    video_name: names.get(hit.video_id) ?? hit.video_id,
    start_seconds: roundSeconds(start),
    end_seconds: roundSeconds(end),
    start: hit.start,
    end: hit.end,
    is_match: hit.close ?? null,
    score: hit.score ?? null,
    matched_on: hit.matched_on ?? [],
    matched_text: hit.matched_text ?? null,
    caption: getText(hit),
    url: getVideoUrl(hit.video_id, roundSeconds(start)),
  };
}

function toLine(result: Result): string {
  const why = result.matched_on.map((signal) => SIGNALS[signal]).join(', ');
  return [
    `${result.rank}. ${result.video_name} ${formatRange(result.start_seconds, result.end_seconds)}`,
    ...(why ? [` (${why})`] : []),
    ...(result.matched_text ? [` “${result.matched_text}”`] : []),
    ...(result.caption ? [` – ${result.caption}`] : []),
    ` [video_id ${result.video_id}]`,
    ...(result.url ? [` ${result.url}`] : []),
  ].join('');
}

function toText(results: readonly Result[]): string {
  if (results.length === 0) return 'Nothing was found.';
  const lines = results.map(toLine);
  if (results.every(({ is_match }) => is_match === false)) {
    lines.unshift('Nothing matches closely. These are the nearest segments:');
  }
  return lines.join('\n');
}

/** `search_segments`: segments that show, say or have written what is asked for, from all videos or some. */
export function registerSearchSegments(server: McpServer, studio: Studio): void {
  server.registerTool(
    'search_segments',
    {
      title: 'Search in videos',
      description:
        'Finds the segments of videos in which something is seen, said or written on screen, best first, with times, the reason for each result and a link to it. Searches all videos unless video_ids or collection is given. Costs 1 credit.',
      inputSchema: inputShape,
      outputSchema: { results: z.array(resultSchema) },
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    ({ query, video_ids, collection, top_k, search_options }, { signal }) =>
      studio.run(async (session) => {
        const { client } = session;
        const call = { signal };
        const search: Search = (scope) =>
          client.search.search(query, { ...scope, topK: top_k, searchOptions: search_options }, call);
        const collectionId = collection === undefined ? undefined : await findCollectionId(client, collection, call);
        const isAll = collectionId === undefined && !video_ids?.length;
        const hits = isAll
          ? await searchAll(client, search, call)
          : await search({ videoIds: video_ids, collectionId });
        const names = await readNames(client, hits, call);
        const results = hits.map((hit) => toResult(hit, names, session));
        return { content: [{ type: 'text', text: toText(results) }], structuredContent: { results } };
      }),
  );
}
