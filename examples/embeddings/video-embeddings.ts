import { argument, exampleClient } from '../client.ts';

const client = await exampleClient();
const { status, id, data } = await client.embeddings.video(argument(0, 'a video id'));
console.log(status, id, data.length, 'segments');
for (const segment of data) {
  console.log(
    `  [${segment.start} - ${segment.end}] ${segment.embedding_option} ${segment.embedding_scope} dims=${segment.embedding.length}`,
  );
}
