import { backfillPipelines, waitUntilReady } from '@mikshi/studio-client';
import { argument, exampleClient } from '../client.ts';

// Makes one video searchable; with `--all`, starts whatever is missing anywhere.
const client = await exampleClient();
if (process.argv.includes('--all')) console.log('started on', await backfillPipelines(client));
else {
  await waitUntilReady(client, argument(0, 'a video id'), {
    intervalMs: 1000,
    onProgress: ({ pipelines }) =>
      pipelines &&
      console.log(`  analyse ${pipelines.analyse.percentage ?? 0} %, search ${pipelines.search.percentage ?? 0} %`),
  });
  console.log('ready');
}
