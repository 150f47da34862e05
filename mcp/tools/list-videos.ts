import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { isProcessed, isSearchable } from '#api/status.ts';
import { formatClock } from '#lib/time.ts';
import type { Session, Studio } from '../studio.ts';
import { roundSeconds } from '../times.ts';

const DEFAULT_LIMIT = 25;
const MAX_LIMIT = 100;
/** The largest page that the API returns. Names are compared here, because the API has no filter for them. */
const NAME_PAGE_SIZE = 500;

const inputShape = {
  name: z.string().optional().describe('Only videos whose name contains this text, in any case.'),
  searchable_only: z.boolean().default(false).describe('Only videos that search_segments can find something in.'),
  limit: z.int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT).describe('How many videos to return at most.'),
  offset: z.int().min(0).default(0).describe('0, or next_offset of the answer before, to continue the list.'),
};

const videoSchema = z.object({
  video_id: z.string(),
  name: z.string(),
  status: z.string().describe('uploaded, analysed, search_processed or processed (done).'),
  duration_seconds: z.number().nullable().describe('Null until the video has been prepared.'),
  is_searchable: z.boolean().describe('Whether search_segments looks through it.'),
  can_be_asked: z.boolean().describe('Whether ask_video answers questions about it.'),
  created_at: z.string().nullable().describe('ISO 8601.'),
  url: z.string().nullable().describe('Its page in the studio.'),
});

const outputShape = {
  videos: z.array(videoSchema),
  next_offset: z.int().nullable().describe('Pass it as offset to continue; null at the end of the list.'),
};

type Query = z.infer<z.ZodObject<typeof inputShape>>;
type Video = z.infer<typeof videoSchema>;

const toVideo = (video: VideoListItem, { getVideoUrl }: Session): Video => ({
  video_id: video.video_id,
  name: video.name,
  status: video.status ?? 'unknown',
  duration_seconds: typeof video.duration === 'number' ? roundSeconds(video.duration) : null,
  is_searchable: isSearchable(video),
  can_be_asked: isProcessed(video),
  created_at: video.created_at ?? null,
  url: getVideoUrl(video.video_id),
});

const toLine = ({ name, video_id, duration_seconds, is_searchable, status }: Video): string =>
  [
    `- ${name}`,
    ...(duration_seconds === null ? [] : [formatClock(duration_seconds)]),
    is_searchable ? 'searchable' : `not searchable yet (${status})`,
    video_id,
  ].join(' · ');

/** The videos that match from `offset` on, and where the list continues: a position among all videos, not among matches. */
async function listMatches(session: Session, query: Query, signal: AbortSignal) {
  const { limit, offset, searchable_only } = query;
  const name = query.name?.toLocaleLowerCase() ?? '';
  const isFiltered = name !== '' || searchable_only;
  const matches = (video: VideoListItem) =>
    video.name.toLocaleLowerCase().includes(name) && (!searchable_only || isSearchable(video));
  const videos: Video[] = [];
  let position = offset;
  // One more than is returned says whether the list goes on.
  const params = { skip: offset, limit: isFiltered ? NAME_PAGE_SIZE : limit + 1 };
  for await (const video of session.client.videos.iterate(params, { signal })) {
    if (matches(video)) {
      if (videos.length === limit) return { videos, next_offset: position };
      videos.push(toVideo(video, session));
    }
    position += 1;
  }
  return { videos, next_offset: null };
}

/** `list_videos`: the library, the newest videos first. */
export function registerListVideos(server: McpServer, studio: Studio): void {
  server.registerTool(
    'list_videos',
    {
      title: 'List videos',
      description:
        'Lists the videos of the library, the newest first, with their id, duration and whether they can be searched. Use it to find a video by name. Free.',
      inputSchema: inputShape,
      outputSchema: outputShape,
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    (query, { signal }) =>
      studio.run(async (session) => {
        const page = await listMatches(session, query, signal);
        const lines = page.videos.length > 0 ? page.videos.map(toLine) : ['No videos match.'];
        if (page.next_offset !== null) lines.push(`There are more: continue with offset ${page.next_offset}.`);
        return { content: [{ type: 'text', text: lines.join('\n') }], structuredContent: page };
      }),
  );
}
