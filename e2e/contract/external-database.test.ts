import { expect, test } from 'vitest';
import { createClient } from '../../src/api/client.ts';
import { processedClip } from '../clips/processed-clip.ts';
import { startStudio } from '../studio.ts';
import { startPostgres } from './postgres.ts';

test('the platform runs on a Postgres with pgvector that it reaches over the wire', async () => {
  const postgres = await startPostgres();
  const studio = await startStudio({ env: { DATABASE_URL: postgres.url } });
  try {
    const client = createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });
    const { video_id } = await processedClip(client);
    expect(await client.search.search('something red', { videoIds: [video_id], topK: 2 })).toHaveLength(2);
    expect((await client.search.visualize({ videoIds: [video_id] })).points).toHaveLength(3);
    expect((await client.collections.list()).total).toBe(0);
    expect(await postgres.count('segments')).toBe(3);
  } finally {
    await studio.stop();
    await postgres.stop();
  }
});
