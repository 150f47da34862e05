import { z } from 'zod/mini';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export const MIN_DOCK_WIDTH = 300;
export const MAX_DOCK_WIDTH = 800;

const preferencesSchema = z.object({
  /** 0..1 */
  volume: z.number().check(z.gte(0), z.lte(1)),
  muted: z.boolean(),
  speed: z.number().check(z.gte(0.25), z.lte(4)),
  /** Percent of the width that each column of the video page takes. */
  videoColumns: z.array(z.number()).check(z.length(3)),
  /** Segments that a question is answered from; null leaves it to the platform. */
  chatTopK: z.nullable(z.int().check(z.gte(1), z.lte(100))),
  /** Uploads: size of a part in MiB, and how many are sent at once over all files. */
  partMebibytes: z.int().check(z.gte(5), z.lte(100)),
  parallelParts: z.int().check(z.gte(1), z.lte(5)),
  density: z.enum(['comfortable', 'compact']),
  /** What happens when a search result has played to its end. */
  resultEnd: z.enum(['stop', 'loop', 'next', 'continue']),
  /** Whether text in the picture is marked in the player. */
  textBoxes: z.boolean(),
  /** What the map shows beside its points. */
  mapAxes: z.boolean(),
  mapClusters: z.boolean(),
  mapPath: z.boolean(),
  /** Whether legend and lists stand beside the map. */
  mapDock: z.boolean(),
  /** Pixels. */
  mapDockWidth: z.int().check(z.gte(MIN_DOCK_WIDTH), z.lte(MAX_DOCK_WIDTH)),
});
type Preferences = Readonly<z.infer<typeof preferencesSchema>>;

interface PreferencesState extends Preferences {
  set(change: Partial<Preferences>): void;
}

const DEFAULTS: Preferences = {
  volume: 1,
  muted: false,
  speed: 1,
  videoColumns: [52, 22, 26],
  chatTopK: null,
  partMebibytes: 10,
  parallelParts: 4,
  density: 'comfortable',
  resultEnd: 'stop',
  textBoxes: false,
  mapAxes: false,
  mapClusters: true,
  mapPath: true,
  mapDock: true,
  mapDockWidth: 420,
};

/** Preferences, stored in this browser. */
export const usePreferences = create<PreferencesState>()(
  persist((set) => ({ ...DEFAULTS, set: (change) => set(change) }), {
    name: 'studio-preferences',
    merge: (kept, current) => {
      const known = z.partial(preferencesSchema).safeParse(kept);
      return known.success ? { ...current, ...known.data } : current;
    },
  }),
);

export const resetPreferences = (): void => {
  usePreferences.setState(DEFAULTS);
};
