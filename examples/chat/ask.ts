import { Conversation } from '@mikshi/studio-client';
import { argument, exampleClient } from '../client.ts';

// One question; with `--stream`, the answer as it is made.
const client = await exampleClient();
const chat = new Conversation(client, { videoId: argument(0, 'a video id') });
const question = argument(1, 'a question');
if (process.argv.includes('--stream')) {
  for await (const event of chat.askStream(question)) {
    if (event.type === 'token') process.stdout.write(event.content);
    else if (event.type === 'error') console.error(`\n[error] ${event.detail}`);
    else console.log();
  }
} else console.log((await chat.ask(question)).answer);
