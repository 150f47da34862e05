import { uploadPath } from '@mikshi/studio-client/node';
import { argument, exampleClient } from '../client.ts';

// The recommended way: parts in parallel, retries, progress.
const client = await exampleClient();
const job = await uploadPath(client, argument(0, 'the path of a video'), {
  onProgress: (sent, total) =>
    console.log(`  ${sent}/${total} bytes (${Math.floor((sent * 100) / Math.max(1, total))} %)`),
});
console.log(`video ${job.video_id}`);
