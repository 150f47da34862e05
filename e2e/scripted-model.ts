import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const requestSchema = z.looseObject({
  model: z.string(),
  stream: z.boolean(),
  // With pictures, a message is a list of parts.
  messages: z.array(
    z.object({ role: z.string(), content: z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]) }),
  ),
});
type Asked = z.infer<typeof requestSchema>;

const SENTENCE = ['At ', '0:04 ', 'a ', '**box** ', 'moves ', 'to ', 'the ', 'right.\n\n'];

/** So many tokens of Markdown with times in it, for what is to stream for long. */
export const longAnswer = (tokens: number): string[] =>
  Array.from({ length: tokens }, (_, index) => SENTENCE[index % SENTENCE.length] ?? '');

/** What the model says next. */
export interface Script {
  pieces: readonly string[];
  /** Pause between pieces. */
  everyMs: number;
  /** Breaks the connection off after this many pieces; null says it all. */
  breakAfter: number | null;
}

export interface ScriptedModel {
  /** What `LLM_BASE_URL` takes. */
  readonly baseUrl: string;
  /** Requests as they came. */
  readonly asked: readonly Asked[];
  /** May be changed between questions. */
  readonly script: Script;
  close(): void;
}

/** A server that speaks OpenAI's streaming chat completions and says what a script tells it to. */
export async function scriptedModel(script: Script): Promise<ScriptedModel> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    asked.push(requestSchema.parse(JSON.parse(await text(request))));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const say = (delta: object, finish_reason: string | null = null) =>
      response.write(
        `data: ${JSON.stringify({ id: '1', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason }] })}\n\n`,
      );
    const { pieces, everyMs, breakAfter } = script;
    const start = performance.now();
    for (const [index, content] of pieces.entries()) {
      // Against the clock, since timers are late and the rate is what counts.
      const due = start + index * everyMs - performance.now();
      if (due > 0) await delay(due);
      if (index === breakAfter) {
        response.destroy();
        return;
      }
      if (response.destroyed) return;
      say({ role: 'assistant', content });
    }
    say({}, 'stop');
    response.end('data: [DONE]\n\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    script,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
