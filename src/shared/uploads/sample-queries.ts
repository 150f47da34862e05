import { useMutation } from '@tanstack/react-query';
import { z } from 'zod/mini';
import { fetchLocal } from '#shared/platform/fetch-local.ts';

const samplesSchema = z.array(z.object({ name: z.string(), title: z.string() }));

/** The embedded platform draws a clip the first time it is asked for it, which takes a few seconds. */
async function sampleFiles(): Promise<File[]> {
  const samples = samplesSchema.parse(await (await fetchLocal('/local/samples')).json());
  return Promise.all(
    samples.map(async ({ name, title }) => {
      const clip = await (await fetchLocal(`/local/samples/${encodeURIComponent(name)}`)).blob();
      return new File([clip], `${title}.mp4`, { type: 'video/mp4' });
    }),
  );
}

/** Fetches the embedded platform's sample clips, as files that can be uploaded like any others. */
export const useSampleVideos = () => useMutation({ mutationFn: sampleFiles });
