import { z } from 'zod';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

const preferencesSchema = z.object({
  /** 0..1 */
  volume: z.number().min(0).max(1),
  muted: z.boolean(),
  speed: z.number().min(0.25).max(4),
  /** Percent of the width that each column of the video page takes. */
  videoColumns: z.array(z.number()).length(3),
  /** Moments that a question is answered from; null leaves it to the platform. */
  chatTopK: z.number().int().min(1).max(100).nullable(),
  density: z.enum(['comfortable', 'compact']),
  /** What the map shows beside its points. */
  mapAxes: z.boolean(),
  mapClusters: z.boolean(),
  mapPath: z.boolean(),
});
type Preferences = Readonly<z.infer<typeof preferencesSchema>>;

interface PreferencesState extends Preferences {
  set(change: Partial<Preferences>): void;
}

const USUAL: Preferences = {
  volume: 1,
  muted: false,
  speed: 1,
  videoColumns: [52, 22, 26],
  chatTopK: null,
  density: 'comfortable',
  mapAxes: false,
  mapClusters: true,
  mapPath: true,
};

/** What this person likes, kept in this browser. */
export const usePreferences = create<PreferencesState>()(
  persist((set) => ({ ...USUAL, set: (change) => set(change) }), {
    name: 'studio-preferences',
    merge: (kept, current) => {
      const known = preferencesSchema.partial().safeParse(kept);
      return known.success ? { ...current, ...known.data } : current;
    },
  }),
);
