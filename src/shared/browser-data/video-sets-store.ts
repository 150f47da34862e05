import { z } from 'zod/mini';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { createId } from '#lib/create-id.ts';

/** Gateways refuse URLs with some hundred ids. */
const MAX_IDS_IN_URL = 100;
const MAX_SETS = 5;
const PREFIX = 'set-';

const storedSchema = z.object({ sets: z.array(z.object({ id: z.string(), videoIds: z.array(z.string()) })) });
type VideoSet = z.infer<typeof storedSchema>['sets'][number];

interface VideoSetsState {
  /** The newest first. */
  readonly sets: readonly VideoSet[];
}

/** Selections of many videos, stored in this browser under a short id that fits into a URL. */
export const useVideoSets = create<VideoSetsState>()(
  persist((): VideoSetsState => ({ sets: [] }), {
    name: 'studio-video-sets',
    merge: (stored, current) => {
      const known = storedSchema.safeParse(stored);
      return known.success ? { sets: known.data.sets.slice(0, MAX_SETS) } : current;
    },
  }),
);

export const fitsInUrl = (videoIds: readonly string[]): boolean => videoIds.length <= MAX_IDS_IN_URL;

/** Videos as a parameter of a URL: their ids, or the id of a set that is stored here when there are many. */
export function toVideosParameter(videoIds: readonly string[]): string {
  if (fitsInUrl(videoIds)) return videoIds.join(',');
  const wanted = videoIds.join();
  const { sets } = useVideoSets.getState();
  const known = sets.find((set) => set.videoIds.join() === wanted);
  const set = known ?? { id: `${PREFIX}${createId().slice(0, 8)}`, videoIds: [...videoIds] };
  useVideoSets.setState({ sets: [set, ...sets.filter(({ id }) => id !== set.id)].slice(0, MAX_SETS) });
  return set.id;
}

/** Reads a parameter that `toVideosParameter` wrote. A set that is not stored in this browser has no videos. */
export function readVideosParameter(
  parameter: string | null,
  sets: readonly VideoSet[],
): { readonly videoIds: readonly string[]; readonly isSet: boolean } {
  if (parameter?.startsWith(PREFIX)) {
    return { videoIds: sets.find(({ id }) => id === parameter)?.videoIds ?? [], isSet: true };
  }
  return { videoIds: parameter?.split(',').filter(Boolean) ?? [], isSet: false };
}
