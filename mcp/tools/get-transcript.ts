import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { type VideoText, videoTextSchema } from '#api/contracts/transcripts.ts';
import { NotFoundError } from '#api/errors.ts';
import { formatClock, parseTimecode } from '#lib/time.ts';
import type { Session, Studio } from '../studio.ts';
import { timeSchema } from '../times.ts';

const DEFAULT_LIMIT = 200;
const MAX_LIMIT = 1_000;
/** A page ends before this many characters, whatever its limit: some 8,000 tokens of an assistant's context. */
const MAX_PAGE_CHARACTERS = 30_000;

const inputShape = {
  video_id: z.string().min(1).describe('The video, from list_videos or search_segments.'),
  kind: z
    .enum(['said', 'on_screen'])
    .default('said')
    .describe('said: subtitles or recognized speech. on_screen: text that is visible in the picture.'),
  language: z
    .string()
    .optional()
    .describe('Of what is said, where there are several tracks: a code such as "en". The first track by default.'),
  from: timeSchema.optional().describe('Only what ends after this time: seconds, M:SS or H:MM:SS.'),
  to: timeSchema.optional().describe('Only what starts before this time.'),
  limit: z.int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT).describe('How many cues to return at most.'),
  offset: z.int().min(0).default(0).describe('0, or next_offset of the answer before, to continue.'),
};
type Query = z.infer<z.ZodObject<typeof inputShape>>;

const cueSchema = z.object({ start_seconds: z.number(), end_seconds: z.number(), text: z.string() });
type Cue = z.infer<typeof cueSchema>;

const outputShape = {
  video_id: z.string(),
  video_name: z.string(),
  kind: z.enum(['said', 'on_screen']),
  track: z.string().nullable().describe('The track that the cues are from; null for text on screen.'),
  languages: z.array(z.string()).describe('The languages of all tracks that there are.'),
  cues: z.array(cueSchema),
  total: z.int().describe('How many cues there are between from and to.'),
  next_offset: z.int().nullable().describe('Pass it as offset to continue; null at the end.'),
};

/** What is said and written in a video. Throws an `Error` on a platform without transcripts. */
async function readText({ local }: Session, videoId: string, signal: AbortSignal): Promise<VideoText> {
  const path = `/local/videos/${encodeURIComponent(videoId)}/text`;
  try {
    return await local.json(videoTextSchema, { method: 'GET', path }, { signal });
  } catch (cause) {
    // The video itself was found.
    if (!(cause instanceof NotFoundError)) throw cause;
    throw new Error('This platform has no transcripts. Only the one embedded in Mikshi Studio does.', { cause });
  }
}

/** The track in a language ("en" for "en-US", too), or the first one. Throws an `Error` that names the languages there are. */
function chooseTrack({ tracks }: VideoText, language: string | undefined) {
  if (language === undefined) return tracks[0];
  const wanted = language.toLowerCase();
  const track =
    tracks.find((candidate) => candidate.language?.toLowerCase() === wanted) ??
    tracks.find((candidate) => candidate.language?.toLowerCase().startsWith(`${wanted}-`));
  if (track || tracks.length === 0) return track;
  throw new Error(`There is no track in "${language}". Tracks are: ${tracks.map(({ name }) => name).join(', ')}.`);
}

/** The cues from `offset` on that fit into a page; one at least. */
function takePage(cues: readonly Cue[], { offset, limit }: Query) {
  const page: Cue[] = [];
  let characters = 0;
  for (const cue of cues.slice(offset, offset + limit)) {
    characters += cue.text.length;
    if (characters > MAX_PAGE_CHARACTERS && page.length > 0) break;
    page.push(cue);
  }
  const next = offset + page.length;
  return { cues: page, next_offset: next < cues.length ? next : null };
}

/** Why there are no words, as a sentence. */
function explainAbsence({ tracks, recognition }: VideoText, { kind, from, to }: Query): string {
  if (from !== undefined || to !== undefined) return 'There are no words in this range.';
  if (kind === 'on_screen') return 'No text was read in the picture.';
  if (tracks.length > 0) return 'The track has no words.';
  if (recognition.status === 'pending' || recognition.status === 'in_progress') {
    return 'There is no transcript yet: speech is being recognized.';
  }
  return recognition.is_available
    ? 'There is no transcript: the video has no subtitles, and no speech was recognized.'
    : 'There is no transcript: the video has no subtitles, and speech recognition is not configured.';
}

function selectCues(text: VideoText, query: Query) {
  const track = query.kind === 'said' ? chooseTrack(text, query.language) : undefined;
  const from = query.from === undefined ? 0 : parseTimecode(query.from);
  const to = query.to === undefined ? Number.POSITIVE_INFINITY : parseTimecode(query.to);
  const cues = (query.kind === 'said' ? (track?.cues ?? []) : text.on_screen)
    .map((cue) => ({ start_seconds: cue.start_ms / 1000, end_seconds: cue.end_ms / 1000, text: cue.text }))
    .filter(({ start_seconds, end_seconds }) => end_seconds > from && start_seconds < to);
  return { track: track?.name ?? null, cues };
}

/** `get_transcript`: what is said or written in a video, with times. */
export function registerGetTranscript(server: McpServer, studio: Studio): void {
  server.registerTool(
    'get_transcript',
    {
      title: 'Get a transcript',
      description:
        'Returns what is said in a video (subtitles or recognized speech), or the text that is visible in its picture, with times. Long ones come in pages. Free.',
      inputSchema: inputShape,
      outputSchema: outputShape,
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    (query, { signal }) =>
      studio.run(async (session) => {
        const { video_id, kind } = query;
        const video = await session.client.videos.get(video_id, { signal });
        const text = await readText(session, video_id, signal);
        const { track, cues } = selectCues(text, query);
        const page = takePage(cues, query);
        const languages = [...new Set(text.tracks.flatMap(({ language }) => language ?? []))];
        const lines = page.cues.map((cue) => `[${formatClock(cue.start_seconds)}] ${cue.text.replaceAll('\n', ' ')}`);
        if (cues.length === 0) lines.push(explainAbsence(text, query));
        else if (page.cues.length === 0)
          lines.push(`There are ${cues.length} cues, none from offset ${query.offset} on.`);
        if (page.next_offset !== null) {
          lines.push(`There are ${cues.length} cues: continue with offset ${page.next_offset}.`);
        }
        return {
          content: [{ type: 'text', text: lines.join('\n') }],
          structuredContent: { video_id, video_name: video.name, kind, track, languages, total: cues.length, ...page },
        };
      }),
  );
}
