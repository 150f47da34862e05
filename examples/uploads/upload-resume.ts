import { readFile, rm, writeFile } from 'node:fs/promises';
import { uploadSessionSchema } from 'mikshi-studio/api';
import { uploadPath } from 'mikshi-studio/api/node';
import { argument, exampleClient } from '../client.ts';

// Survives a crash: run it again and only the missing parts are sent. `--abort` drops what has arrived.
const STATE_FILE = '.upload-state.json';

const client = await exampleClient();
const stored = await readFile(STATE_FILE, 'utf8').catch(() => null);
const session = stored ? uploadSessionSchema.parse(JSON.parse(stored)) : undefined;
if (session) {
  const ref = { s3ObjectName: session.s3ObjectName, uploadId: session.uploadId };
  console.log(`resuming upload ${session.uploadId}: ${(await client.uploads.listParts(ref)).length} parts are there`);
  if (process.argv.includes('--abort')) {
    await client.uploads.abortMultipart(ref);
    await rm(STATE_FILE);
    console.log('aborted');
    process.exit(0);
  }
}
const job = await uploadPath(client, argument(0, 'the path of a video'), {
  session,
  onSession: (kept) => void writeFile(STATE_FILE, JSON.stringify(kept)),
});
await rm(STATE_FILE, { force: true });
console.log(`video ${job.video_id}`);
