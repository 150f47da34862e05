import type { Client } from '../../src/api/client.ts';
import type { VideoListItem } from '../../src/api/contracts/videos.ts';
import { uploadPath } from '../../src/api/node/files.ts';
import { waitForPipelines, waitUntilUploaded } from '../../src/api/workflows/wait-until-ready.ts';
import { timecodeClip } from './make-clip.ts';

const NAME = 'A clip for tests';
const SECONDS = 12;
const SOON = { intervalMs: 200 };

/** Uploads a file and resolves to its id once it can be played. Throws with the platform's sentence when it cannot. */
export async function uploadAndWait(client: Client, file: string, name: string): Promise<string> {
  const { video_id } = await uploadPath(client, file, { name });
  await waitUntilUploaded(client, video_id, SOON);
  return video_id;
}

/** Runs both pipelines of a video and resolves when they have ended well. */
export async function processAndWait(client: Client, videoId: string): Promise<void> {
  await client.videos.initiateAnalyse(videoId);
  await client.videos.initiateSearchProcess(videoId);
  await waitForPipelines(client, videoId, SOON);
}

/** A timecode clip that is searchable, made and processed the first time it is asked for. */
export async function processedClip(client: Client): Promise<VideoListItem> {
  const known = (await client.videos.list({ status: 'processed', limit: 500 })).find(({ name }) => name === NAME);
  if (known) return known;
  const videoId = await uploadAndWait(client, await timecodeClip(SECONDS), NAME);
  await processAndWait(client, videoId);
  return client.videos.get(videoId);
}
