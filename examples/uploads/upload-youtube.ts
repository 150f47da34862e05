import { YOUTUBE_FATAL_CODES, YouTubeImportError } from '@mikshi/studio-client';
import { argument, exampleClient } from '../client.ts';

// The server fetches the video; some refusals will not change, so a batch import skips them.
const client = await exampleClient();
try {
  const job = await client.uploads.importYoutube(argument(0, 'the address of a YouTube video'));
  console.log(`video ${job.video_id}`);
} catch (error) {
  if (!(error instanceof YouTubeImportError)) throw error;
  const skip = YOUTUBE_FATAL_CODES.includes(error.code);
  console.log(`${error.message} [${error.code}]${skip ? ' Skipped.' : ''}`);
}
