import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type { ServerNotification, ServerRequest } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { getChargeSentence } from '#api/charge.ts';
import type { Client } from '#api/client.ts';
import type { AskDoneEvent, Citation } from '#api/contracts/chat.ts';
import { readSegmentTimes } from '#api/segment-fields.ts';
import type { Session, Studio } from '../studio.ts';
import { formatRange, roundSeconds } from '../times.ts';

const MAX_TOP_K = 50;
/** Many clients end a call that reports nothing for a minute; a language model may take longer. */
const PROGRESS_INTERVAL_MS = 1_000;

const inputShape = {
  video_id: z.string().min(1).describe('The video to ask about, from list_videos or search_segments.'),
  question: z
    .string()
    .trim()
    .min(1)
    .max(4096)
    .describe('The question. Questions are independent: earlier ones are not known.'),
  top_k: z
    .int()
    .min(1)
    .max(MAX_TOP_K)
    .optional()
    .describe('How many segments are retrieved for the answer; 5 by default.'),
};

const citationSchema = z.object({
  start_seconds: z.number(),
  end_seconds: z.number(),
  text: z.string().nullable().describe('What is seen in the segment.'),
  url: z.string().nullable().describe('Opens the video in the studio at this time.'),
});
type Source = z.infer<typeof citationSchema>;

const toSource = (citation: Citation, videoId: string, { getVideoUrl }: Session): Source => {
  const { start, end } = readSegmentTimes(citation);
  return {
    start_seconds: roundSeconds(start),
    end_seconds: roundSeconds(end),
    text: citation.text ?? null,
    url: getVideoUrl(videoId, roundSeconds(start)),
  };
};

function toText(answer: string, sources: readonly Source[]): string {
  if (sources.length === 0) return answer;
  const lines = sources.map(({ start_seconds, end_seconds, text, url }) =>
    [`- ${formatRange(start_seconds, end_seconds)}`, text, url].filter(Boolean).join(' '),
  );
  return `${answer}\n\nSources:\n${lines.join('\n')}`;
}

type CallExtra = RequestHandlerExtra<ServerRequest, ServerNotification>;

interface Question {
  readonly video_id: string;
  readonly question: string;
  readonly top_k?: number | undefined;
}

/**
 * The whole answer. It is streamed because the platform keeps a stream open while the model thinks, whereas an answer in one
 * piece has a time limit. Throws an `Error` that says what is known about the credit when the answer breaks off.
 */
async function ask(client: Client, asked: Question, signal: AbortSignal): Promise<AskDoneEvent> {
  const { video_id: videoId, question, top_k: topK } = asked;
  for await (const event of client.chat.askStream(question, { videoId, topK }, { signal })) {
    if (event.type === 'done') return event;
    if (event.type === 'error') {
      throw new Error(`${event.detail} ${getChargeSentence(event.isConnectionLost ? 'unknown' : 'returned')}`);
    }
  }
  throw new Error(`The answer ended before it was complete. ${getChargeSentence('unknown')}`);
}

/** Reports that a call is still running to a client that asked for progress. Returns a function that ends the reports. */
function startProgress({ _meta, sendNotification }: CallExtra): () => void {
  const progressToken = _meta?.progressToken;
  if (progressToken === undefined) return () => undefined;
  let progress = 0;
  const timer = setInterval(() => {
    progress += PROGRESS_INTERVAL_MS / 1000;
    const params = { progressToken, progress, message: `Answering for ${progress} s` };
    // A notification that cannot be sent must not lose the answer.
    sendNotification({ method: 'notifications/progress', params }).catch(() => undefined);
  }, PROGRESS_INTERVAL_MS);
  return () => clearInterval(timer);
}

/** `ask_video`: an answer to a question about one video, with the segments that it rests on. */
export function registerAskVideo(server: McpServer, studio: Studio): void {
  server.registerTool(
    'ask_video',
    {
      title: 'Ask about a video',
      description:
        'Answers a question about one video from what is seen, said and written in it, and cites the segments that the answer rests on. Costs 1 credit.',
      inputSchema: inputShape,
      outputSchema: { answer: z.string(), citations: z.array(citationSchema) },
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    (asked, extra) =>
      studio.run(async (session) => {
        const stopProgress = startProgress(extra);
        try {
          const { answer, citations } = await ask(session.client, asked, extra.signal);
          const sources = (citations ?? []).map((citation) => toSource(citation, asked.video_id, session));
          return {
            content: [{ type: 'text', text: toText(answer, sources) }],
            structuredContent: { answer, citations: sources },
          };
        } finally {
          stopProgress();
        }
      }),
  );
}
