import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { argument, exampleClient } from '../client.ts';

// Every step by hand: only where the helper does not fit.
const PART_BYTES = 10 * 1024 * 1024;

const client = await exampleClient();
const path = argument(0, 'the path of a video');
const file = await openAsBlob(path);
const started = await client.uploads.initiateMultipart(basename(path), 'video/mp4');
const ref = { s3ObjectName: started.s3_object_name, uploadId: started.upload_id };
const parts: { part_number: number; etag: string }[] = [];
for (let start = 0; start < file.size; start += PART_BYTES) {
  const partNumber = parts.length + 1;
  const { url } = await client.uploads.getPartUrl(ref, partNumber);
  const response = await fetch(url, { method: 'PUT', body: file.slice(start, start + PART_BYTES) });
  if (!response.ok) throw new Error(`Part ${partNumber} was refused with ${response.status}.`);
  parts.push({ part_number: partNumber, etag: response.headers.get('etag') ?? '' });
  console.log(`  part ${partNumber}: ${parts[partNumber - 1]?.etag}`);
}
await client.uploads.completeMultipart(ref, parts);
const name = basename(path);
const job = await client.uploads.preprocess({ s3ObjectName: ref.s3ObjectName, videoId: started.video_id, name });
console.log(`video ${job.video_id}`);
