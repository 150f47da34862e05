import { exampleClient } from '../client.ts';

// Walks every video of the last week, newest first.
const client = await exampleClient();
const weekAgo = new Date(Date.now() - 7 * 24 * 3_600_000);
for await (const video of client.videos.iterate({ startTime: weekAgo, sortBy: 'created_at', sortOrder: 'desc' })) {
  console.log(video.video_id, video.status, video.name);
}
