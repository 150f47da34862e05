import { expect, test, vi } from 'vitest';
import { createClient } from '../../../src/api/client.ts';
import { VectorSource } from './push-videos.ts';

const { signal } = new AbortController();

test('vectors that are paid are kept when the serving model cannot be asked for', async () => {
  const fetchVectors = vi.fn(async () => Response.json({ id: 'video', status: 'processed', model: 'local', data: [] }));
  const getServingModel = vi.fn(async (): Promise<string | null> => 'local');
  const source = new VectorSource(
    createClient({ baseUrl: 'http://platform', apiKey: 'key', fetch: fetchVectors }),
    getServingModel,
  );
  await source.get('video', signal);
  getServingModel.mockRejectedValueOnce(new TypeError('fetch failed'));
  await expect(source.get('video', signal)).rejects.toThrow('fetch failed');
  await source.get('video', signal);
  expect(fetchVectors).toHaveBeenCalledOnce();
});
