import { openAsBlob } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '../../src/api/client.ts';
import type { VideoListItem } from '../../src/api/schemas/videos.ts';
import { derivedStatus, isFailed, isTerminal } from '../../src/api/status.ts';
import { uploadFile } from '../../src/api/upload/upload-file.ts';
import { timecodeClip } from './make-clip.ts';

const NAME = 'A clip for tests';
const SECONDS = 12;
const POLL_MS = 200;

/** Uploads a file and resolves to its id once it can be played. Throws with the platform's sentence when it cannot. */
export async function uploadAndWait(client: Client, file: string, name: string): Promise<string> {
  const { video_id } = await uploadFile(client.uploads, await openAsBlob(file), { name, filename: `${name}.mp4` });
  for (;;) {
    const status = await client.uploads.getStatus(video_id);
    const derived = derivedStatus(status);
    if (derived === 'completed') return video_id;
    if (derived === 'failed') throw new Error(status.error_message ?? 'Processing failed.');
    await pause(POLL_MS);
  }
}

/** Runs both pipelines of a video and resolves when they have ended well. */
export async function processAndWait(client: Client, videoId: string): Promise<void> {
  await client.videos.initiateAnalyse(videoId);
  await client.videos.initiateSearchProcess(videoId);
  for (;;) {
    const both = await Promise.all([
      client.videos.getAnalyseStatus(videoId),
      client.videos.getSearchProcessStatus(videoId),
    ]);
    const failed = both.find(({ status }) => isFailed(status));
    if (failed) throw new Error(failed.error ?? 'A pipeline failed.');
    if (both.every(({ status }) => isTerminal(status))) return;
    await pause(POLL_MS);
  }
}

/** A timecode clip that is searchable, made and processed the first time it is asked for. */
export async function processedClip(client: Client): Promise<VideoListItem> {
  const known = (await client.videos.list({ status: 'processed', limit: 500 })).find(({ name }) => name === NAME);
  if (known) return known;
  const videoId = await uploadAndWait(client, await timecodeClip(SECONDS), NAME);
  await processAndWait(client, videoId);
  return client.videos.get(videoId);
}
