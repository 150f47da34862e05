import { pointsByVideo } from '@mikshi/studio-client';
import { argument, exampleClient } from '../client.ts';

const client = await exampleClient();
const map = await client.search.visualize({ videoIds: [argument(0, 'a video id')] });
for (const [videoId, points] of pointsByVideo(map)) {
  console.log(`${videoId} color=${map.videos[videoId]?.color} segments=${points.length}`);
  for (const point of points.slice(0, 5))
    console.log(`  (${point.x.toFixed(4)}, ${point.y.toFixed(4)}) ${point.start}`);
}
