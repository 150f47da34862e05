import { argument, exampleClient } from '../client.ts';

// For good, with every derived asset.
const client = await exampleClient();
const videoId = argument(0, 'a video id');
await client.videos.delete(videoId);
console.log(`deleted ${videoId}`);
