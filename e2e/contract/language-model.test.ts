import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createClient } from '../../src/api/client.ts';
import { Conversation } from '../../src/api/recipes/conversation.ts';
import { processedClip } from '../clips/processed-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

const requestSchema = z.looseObject({
  model: z.string(),
  stream: z.boolean(),
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
});

let studio: Studio;
let server: Server;
let videoId: string;
let broken = false;
const asked: z.infer<typeof requestSchema>[] = [];

const client = () => createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey, retries: 0 });

async function chatCredits(): Promise<number> {
  const response = await fetch(`${studio.platformUrl}/local/credits`, { headers: { 'x-api-key': studio.apiKey } });
  return z.object({ by_kind: z.looseObject({ chat: z.number().default(0) }) }).parse(await response.json()).by_kind
    .chat;
}

/** A server that speaks OpenAI's chat completions and always says the same three pieces. */
beforeAll(async () => {
  server = createServer(async (request, response) => {
    asked.push(requestSchema.parse(JSON.parse(await text(request))));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const say = (delta: object, finish_reason: string | null = null) =>
      response.write(
        `data: ${JSON.stringify({ id: '1', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason }] })}\n\n`,
      );
    say({ role: 'assistant', content: 'A red box ' });
    if (broken) {
      setTimeout(() => response.destroy(), 50);
      return;
    }
    say({ content: 'moves at ' });
    say({ content: '0:02.' });
    say({}, 'stop');
    response.end('data: [DONE]\n\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  studio = await startStudio({ env: { LLM_BASE_URL: `http://127.0.0.1:${port}/v1`, LLM_MODEL: 'scripted' } });
  videoId = (await processedClip(client())).video_id;
});

afterAll(async () => {
  await studio.stop();
  server.close();
});

test('the model answers from the notes, streamed through, with citations and the history', async () => {
  const chat = new Conversation(client(), { videoId });
  await chat.ask('What moves?');
  const pieces: string[] = [];
  for await (const event of chat.askStream('And when?')) {
    if (event.type === 'token') pieces.push(event.content);
    if (event.type === 'done')
      expect(event).toMatchObject({ answer: 'A red box moves at 0:02.', answered_by: 'language-model' });
  }
  expect(pieces).toEqual(['A red box ', 'moves at ', '0:02.']);
  const [system, ...messages] = asked.at(-1)?.messages ?? [];
  expect(system?.content).toMatch(/Notes:\n0:00-0:04: .*\n0:04-0:08: /);
  expect(messages).toEqual([
    { role: 'user', content: 'What moves?' },
    { role: 'assistant', content: 'A red box moves at 0:02.' },
    { role: 'user', content: 'And when?' },
  ]);
  expect(await chatCredits()).toBe(2);
});

test('a model that breaks off ends in an error event, keeps what came, and gives the credit back', async () => {
  const before = await chatCredits();
  broken = true;
  const seen: string[] = [];
  for await (const event of client().chat.askStream('What moves?', { videoId })) seen.push(event.type);
  expect(seen).toEqual(['token', 'error']);
  await expect(client().chat.ask('What moves?', { videoId })).rejects.toMatchObject({ name: 'BadGatewayError' });
  expect(await chatCredits()).toBe(before);
});
