import { expect, test } from 'vitest';
import { createClient } from '../client.ts';
import { listAllVideos } from './videos.ts';

/** A platform with `count` videos; notes the pages that are requested. */
function platformWith(count: number) {
  const requested: number[] = [];
  const client = createClient({
    fetch: async (input) => {
      const { searchParams } = new URL(String(input), 'http://studio');
      const [skip, limit] = [Number(searchParams.get('skip')), Number(searchParams.get('limit'))];
      requested.push(skip);
      const length = Math.max(0, Math.min(limit, count - skip));
      return Response.json(Array.from({ length }, (_, index) => ({ video_id: `${skip + index}`, name: 'Clip' })));
    },
  });
  return { client, requested };
}

test('a short list is one request', async () => {
  const { client, requested } = platformWith(3);
  expect(await listAllVideos(client)).toHaveLength(3);
  expect(requested).toEqual([0]);
});

test('lists ten thousand videos and more, each once', async () => {
  const { client, requested } = platformWith(10_750);
  const videos = await listAllVideos(client);
  expect(new Set(videos.map(({ video_id }) => video_id)).size).toBe(10_750);
  expect(videos).toHaveLength(10_750);
  expect(requested.length).toBeLessThan(28);
});
