import type { ChatMessage } from '#api/contracts/chat.ts';
import type { Exclusion, SearchFilters } from '#api/contracts/requests.ts';
import { CHAT } from '#api/paths.ts';
import type { Scope } from '#api/resources/search.ts';
import { type Refinement, toRefinementBody, UNREFINED } from '#shared/search/refinement.ts';

/** One request to the API, in three languages. */
export interface RequestCode {
  readonly curl: string;
  readonly typescript: string;
  readonly python: string;
}

/** Code that stands for a value. */
class Expression {
  readonly code: string;

  constructor(code: string) {
    this.code = code;
  }
}

/** A value as a literal of both languages: JSON is a subset of either for strings, numbers and lists of records. */
const literal = (value: unknown, indent = 0) =>
  value instanceof Expression ? value.code : JSON.stringify(value, null, 2).replaceAll('\n', `\n${' '.repeat(indent)}`);

/** A text within single quotes of a POSIX shell. */
const shellQuoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** The request as curl sends it; address and key come from the environment. */
const curlFor = (path: string, body: unknown): string =>
  [
    `curl "$MIKSHI_BASE_URL${path}" \\`,
    '  -H "X-API-Key: $MIKSHI_API_KEY" \\',
    "  -H 'Content-Type: application/json' \\",
    `  -d ${shellQuoted(JSON.stringify(body, null, 2))}`,
  ].join('\n');

const TYPESCRIPT_CLIENT = `import { createClient } from '@mikshi/studio-client';

const client = createClient({
  baseUrl: process.env.MIKSHI_BASE_URL,
  apiKey: process.env.MIKSHI_API_KEY,
});
`;

const PYTHON_CLIENT = `import os
from videosdk import Client

client = Client(
    api_key=os.environ["MIKSHI_API_KEY"],
    base_url=os.environ["MIKSHI_BASE_URL"],
)
`;

/** Named arguments of a call that have a value. */
const given = (entries: readonly (readonly [string, unknown])[]) =>
  entries.filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0));

/** A call of the API layer: `client.group.method(first, { … })`; without a `first`, the options are all there is. */
function typescriptFor(
  call: string,
  first: string | null,
  named: readonly (readonly [string, unknown])[],
  show: string,
): string {
  const options = given(named).map(([name, value]) => `  ${name}: ${literal(value, 2)},`);
  const args = `${first === null ? '' : `${literal(first)}, `}{\n${options.join('\n')}\n}`;
  return `${TYPESCRIPT_CLIENT}\nconst result = await client.${call}(${args});\n${show}\n`;
}

/** The same call with the vendor's Python SDK. */
function pythonFor(
  call: string,
  first: string | null,
  named: readonly (readonly [string, unknown])[],
  show: string,
): string {
  const lines = [
    ...(first === null ? [] : [`    ${literal(first)},`]),
    ...given(named).map(([name, value]) => `    ${name}=${literal(value, 4)},`),
  ];
  return `${PYTHON_CLIENT}\nresult = client.${call}(\n${lines.join('\n')}\n)\n${show}\n`;
}

export interface AskedOf {
  readonly videoId: string;
  readonly topK?: number | undefined;
  readonly history: readonly ChatMessage[];
}

export function askCode(question: string, { videoId, topK, history }: AskedOf): RequestCode {
  const body = { question, video_id: videoId, top_k: topK, history: history.length > 0 ? history : undefined };
  return {
    curl: curlFor(`${CHAT}/chat/ask`, body),
    typescript: typescriptFor(
      'chat.ask',
      question,
      [
        ['videoId', videoId],
        ['topK', topK],
        ['history', history],
      ],
      'console.log(result.answer);',
    ),
    python: pythonFor(
      'chat.ask',
      question,
      [
        ['video_id', videoId],
        ['top_k', topK],
        ['history', history],
      ],
      'print(result.answer)',
    ),
  };
}

/** What a search covers, and how many hits it returns at most. */
interface SearchParams extends Scope {
  readonly topK: number;
  /** What it leaves out; the vendor's Python SDK has no word for that. */
  readonly refinement?: Refinement;
}

/** The vendor's Python SDK names the videos: it has no word for all of them. */
const PYTHON_ALL_VIDEOS = new Expression(
  '[video.video_id for video in client.videos.list(status="processed", limit=500)]',
);

export function searchCode(
  query: string,
  { videoIds, collectionId, allVideos, topK, refinement = UNREFINED }: SearchParams,
): RequestCode {
  const narrowed: { filters?: SearchFilters; exclude?: readonly Exclusion[] } = toRefinementBody(refinement);
  const body = {
    query,
    top_k: topK,
    video_ids: videoIds,
    collection_id: collectionId,
    all_videos: allVideos,
    ...narrowed,
  };
  return {
    curl: curlFor(`${CHAT}/search`, body),
    typescript: typescriptFor(
      'search.search',
      query,
      [
        ['videoIds', videoIds],
        ['collectionId', collectionId],
        ['allVideos', allVideos],
        ['topK', topK],
        ['filters', narrowed.filters],
        ['exclude', narrowed.exclude],
      ],
      'for (const hit of result) console.log(hit.rank, hit.video_id, hit.start, hit.end);',
    ),
    python: pythonFor(
      'search.search',
      query,
      [
        ['video_ids', allVideos ? PYTHON_ALL_VIDEOS : videoIds],
        ['collection_id', collectionId],
        ['top_k', topK],
      ],
      'for hit in result:\n    print(hit.rank, hit.video_id, hit.start, hit.end)',
    ),
  };
}

export function mapCode({ videoIds, collectionId, allVideos }: Scope): RequestCode {
  return {
    curl: curlFor(`${CHAT}/visualize`, { video_ids: videoIds, collection_id: collectionId, all_videos: allVideos }),
    typescript: typescriptFor(
      'search.visualize',
      null,
      [
        ['videoIds', videoIds],
        ['collectionId', collectionId],
        ['allVideos', allVideos],
      ],
      'for (const point of result.points) console.log(point.video_id, point.start, point.x, point.y);',
    ),
    python: pythonFor(
      'search.visualize',
      null,
      [
        ['video_ids', allVideos ? PYTHON_ALL_VIDEOS : videoIds],
        ['collection_id', collectionId],
      ],
      'for point in result.points:\n    print(point.video_id, point.start, point.x, point.y)',
    ),
  };
}
