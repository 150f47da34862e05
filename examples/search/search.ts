import { playableHit } from '@mikshi/studio-client';
import { argument, exampleClient } from '../client.ts';

const client = await exampleClient();
const hits = await client.search.search(argument(1, 'a query'), { videoIds: [argument(0, 'a video id')], topK: 3 });
if (hits.length === 0) console.log('no matches');
for (const hit of hits) console.log(`#${hit.rank} [${hit.start} - ${hit.end}] ${playableHit(hit)}`);
