import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { keys } from './keys.ts';

const studioConfigSchema = z.object({
  platform: z.enum(['embedded', 'remote']),
  platform_origin: z.string().nullable(),
});

/** What the gateway says of itself: which platform is behind it. Does not change while it runs. */
export const studioQuery = queryOptions({
  queryKey: keys.studio,
  queryFn: async ({ signal }) => {
    const response = await fetch('/studio/config', { signal });
    return studioConfigSchema.parse(await response.json());
  },
  staleTime: Number.POSITIVE_INFINITY,
});
