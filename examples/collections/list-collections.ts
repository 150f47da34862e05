import { exampleClient } from '../client.ts';

const client = await exampleClient();
for await (const collection of client.collections.iterate()) {
  console.log(collection.collection_id, collection.name, `${collection.video_count} video(s)`);
}
