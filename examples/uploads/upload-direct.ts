import { basename } from 'node:path';
import { PayloadTooLargeError } from '@mikshi/studio-client';
import { openFile } from '@mikshi/studio-client/node';
import { argument, exampleClient } from '../client.ts';

// One request, for files of at most 100 MB.
const client = await exampleClient();
const file = argument(0, 'the path of a video');
try {
  const job = await client.uploads.direct(await openFile(file), { name: basename(file) });
  console.log(`video ${job.video_id}`);
} catch (error) {
  if (!(error instanceof PayloadTooLargeError)) throw error;
  console.log('Over 100 MB: use upload-file instead.');
}
