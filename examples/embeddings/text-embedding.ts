import { argument, exampleClient } from '../client.ts';

const client = await exampleClient();
const { status, data } = await client.embeddings.text(argument(0, 'a text'));
const [vector] = data;
console.log(`dims=${vector?.embedding.length} status=${status}`);
