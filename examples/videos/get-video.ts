import { argument, exampleClient } from '../client.ts';

const client = await exampleClient();
const details = await client.videos.get(argument(0, 'a video id'));
console.log(details.name, details.status);
console.log('metadata:', JSON.stringify(details.video_metadata));
console.log('HLS playlist (needs the X-API-Key header):', details.hls_playlist_path);
