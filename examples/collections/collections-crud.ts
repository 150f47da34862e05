import { getOrCreateCollection } from '@mikshi/studio-client';
import { argument, exampleClient } from '../client.ts';

// Makes a collection (or finds it), fills it, renames it, empties it, and deletes it; the video stays.
const client = await exampleClient();
const videoId = argument(0, 'the id of a processed video');
const { collection_id, name } = await getOrCreateCollection(client, 'An example');
console.log(`collection ${collection_id} "${name}"`);
await client.collections.update(collection_id, { name: 'An example, renamed', description: 'Made by an example' });
await client.collections.addVideo(collection_id, videoId);
console.log(
  'videos:',
  (await client.collections.listVideos(collection_id)).data.map((video) => video.name),
);
await client.collections.removeVideo(collection_id, videoId);
await client.collections.delete(collection_id);
console.log('deleted; the video stays:', (await client.videos.get(videoId)).name);
