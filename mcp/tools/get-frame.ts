import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { segmentsSchema } from '#api/contracts/segments.ts';
import type { VideoDetails } from '#api/contracts/videos.ts';
import { BadRequestError, NotFoundError } from '#api/errors.ts';
import { Http } from '#api/http.ts';
import { getText, readSegmentTimes } from '#api/segment-fields.ts';
import { formatClock, parseTimecode } from '#lib/time.ts';
import type { Session, Studio } from '../studio.ts';
import { formatRange, roundSeconds, timeSchema } from '../times.ts';

/** Pictures of segments have tens of kilobytes. The limit keeps anything else out of the assistant's context. */
const MAX_PICTURE_BYTES = 4 * 1024 * 1024;

const inputShape = {
  video_id: z.string().min(1).describe('The video, from list_videos or search_segments.'),
  time: timeSchema.describe('The time to look at: seconds, M:SS or H:MM:SS.'),
};

const outputShape = {
  video_id: z.string(),
  video_name: z.string(),
  requested_seconds: z.number(),
  is_exact: z.boolean().describe('Whether it is the very frame at that time.'),
  start_seconds: z
    .number()
    .nullable()
    .describe(
      'The segment begins here: a frame that is not exact was taken at or after it; null where it is not known.',
    ),
  end_seconds: z.number().nullable().describe('The segment ends here; null where it is not known.'),
  caption: z.string().nullable().describe('What is seen in the segment.'),
  url: z.string().nullable().describe('Opens the video in the studio at the requested time.'),
};

interface Picture {
  readonly url: string;
  /** Seconds, between which the picture was taken; null for the video's poster. */
  readonly range: { readonly start: number; readonly end: number } | null;
  readonly caption: string | null;
}

/** The pictures of a video's segments: from the embedded platform's list, or from the map of another platform. */
async function listPictures({ client, local }: Session, videoId: string, signal: AbortSignal): Promise<Picture[]> {
  const path = `/local/videos/${encodeURIComponent(videoId)}/segments`;
  const readSegments = async () => (await local.json(segmentsSchema, { method: 'GET', path }, { signal })).segments;
  const readPoints = async () => (await client.search.visualize({ videoIds: [videoId] }, { signal })).points;
  const segments = await readSegments().catch((error: unknown) => {
    // The video itself was found: this platform has no list of segments.
    if (error instanceof NotFoundError) return readPoints();
    throw error;
  });
  return segments.flatMap((segment) => {
    const range = readSegmentTimes(segment);
    return segment.thumbnail_url ? [{ url: segment.thumbnail_url, range, caption: getText(segment) }] : [];
  });
}

const getDistance = ({ range }: Picture, seconds: number): number =>
  range === null ? Number.POSITIVE_INFINITY : Math.max(range.start - seconds, seconds - range.end, 0);

/** The picture of the segment at a time, or of the nearest one; the video's poster before any segment is known. */
async function findPicture(session: Session, video: VideoDetails, seconds: number, signal: AbortSignal) {
  const pictures = await listPictures(session, video.video_id, signal).catch((error: unknown) => {
    // A map needs two segments.
    if (error instanceof BadRequestError) return [];
    throw error;
  });
  if (pictures.length > 0) {
    // Of two segments that meet at this time, the later one.
    return pictures.reduce((best, next) => (getDistance(next, seconds) <= getDistance(best, seconds) ? next : best));
  }
  return video.thumbnail_path ? { url: video.thumbnail_path, range: null, caption: null } : null;
}

/** A picture in base64. */
async function readPicture(http: Http, address: string, signal: AbortSignal): Promise<string> {
  const spec = { method: 'GET' as const, path: address, accept: 'image/jpeg' };
  const { response, end } = await http.open(spec, { signal });
  try {
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJpeg = bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]));
    if (!isJpeg || bytes.length > MAX_PICTURE_BYTES) throw new Error('The platform did not send a JPEG.');
    return bytes.toString('base64');
  } finally {
    end();
  }
}

/** The very frame at a time, which the embedded platform decodes; null on another one. */
async function readExactFrame(
  { local }: Session,
  videoId: string,
  seconds: number,
  signal: AbortSignal,
): Promise<string | null> {
  const address = `/local/videos/${encodeURIComponent(videoId)}/frame?t=${seconds}`;
  return readPicture(local, address, signal).catch((error: unknown) => {
    // The video itself was found: this platform gives no frames.
    if (error instanceof NotFoundError) return null;
    throw error;
  });
}

function describeFrame(
  video: VideoDetails,
  { range, caption }: Pick<Picture, 'range' | 'caption'>,
  { seconds, isExact }: { seconds: number; isExact: boolean },
): string {
  if (isExact)
    return `The frame of ${video.name} at ${formatClock(seconds)}.${caption ? ` The segment's caption: ${caption}` : ''}`;
  const origin =
    range === null
      ? `The poster of ${video.name}: its segments are not known yet.`
      : `A frame of ${video.name}, taken between ${formatRange(range.start, range.end).replace('–', ' and ')}, for ${formatClock(seconds)}.`;
  return caption ? `${origin} Caption: ${caption}` : origin;
}

/** `get_frame`: a picture of a video near a time. */
export function registerGetFrame(server: McpServer, studio: Studio): void {
  server.registerTool(
    'get_frame',
    {
      title: 'Get a frame',
      description:
        'Returns the frame (JPEG) of a video at a time, to see what it looks like there. Platforms that give no single frames return a representative one of the segment at that time, which is a few seconds long; the answer says so. Free.',
      inputSchema: inputShape,
      outputSchema: outputShape,
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    ({ video_id, time }, { signal }) =>
      studio.run(async (session) => {
        const seconds = roundSeconds(parseTimecode(time));
        const video = await session.client.videos.get(video_id, { signal });
        const picture = await findPicture(session, video, seconds, signal);
        if (!picture) throw new Error(`There is no picture of ${video.name} yet: it has not been prepared.`);
        const exact = await readExactFrame(session, video_id, seconds, signal);
        // URLs of pictures are signed and absolute: they are read without a base URL and without the key.
        const data = exact ?? (await readPicture(new Http({ baseUrl: '' }), picture.url, signal));
        return {
          content: [
            { type: 'image', data, mimeType: 'image/jpeg' },
            { type: 'text', text: describeFrame(video, picture, { seconds, isExact: exact !== null }) },
          ],
          structuredContent: {
            video_id,
            video_name: video.name,
            requested_seconds: seconds,
            is_exact: exact !== null,
            start_seconds: picture.range && roundSeconds(picture.range.start),
            end_seconds: picture.range && roundSeconds(picture.range.end),
            caption: picture.caption,
            url: session.getVideoUrl(video_id, seconds),
          },
        };
      }),
  );
}
