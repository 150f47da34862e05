import { writeFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { uploadSessionSchema } from '@mikshi/studio-client';
import { uploadPath } from '@mikshi/studio-client/node';
import { argument, exampleClient } from '../client.ts';

// Survives a crash: run it again and only the missing parts are sent, or all of them where the platform has dropped the upload
// meanwhile. `--abort` drops what has arrived.
const STATE_FILE = '.upload-state.json';

const client = await exampleClient();
const stored = await readFile(STATE_FILE, 'utf8').catch(() => null);
const session = stored ? uploadSessionSchema.parse(JSON.parse(stored)) : undefined;
if (session && process.argv.includes('--abort')) {
  await client.uploads.abortMultipart(session);
  await rm(STATE_FILE);
  console.log('aborted');
  process.exit(0);
}
if (session) console.log(`resuming upload ${session.uploadId}`);
const job = await uploadPath(client, argument(0, 'the path of a video'), {
  session,
  onSession: (kept) => {
    if (session && kept.uploadId !== session.uploadId) console.log('it has expired: starting anew');
    writeFileSync(STATE_FILE, JSON.stringify(kept));
  },
});
await rm(STATE_FILE, { force: true });
console.log(`video ${job.video_id}`);
