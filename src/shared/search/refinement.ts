import type { Exclusion, SearchFilters } from '#api/contracts/requests.ts';

/** What a search leaves out of its scope and of what it finds. Understood by the embedded platform only. */
export interface Refinement {
  readonly filters: SearchFilters;
  readonly exclude: readonly Exclusion[];
}

export const UNREFINED: Refinement = { filters: {}, exclude: [] };

/** The same as requests have it, without what is empty. */
export const toRefinementBody = ({ filters, exclude }: Refinement) => ({
  ...(Object.keys(filters).length > 0 ? { filters } : {}),
  ...(exclude.length > 0 ? { exclude } : {}),
});

/** The most that a search can exclude, as the platform has it (`MAX_EXCLUSIONS` of the request's contract). */
export const MAX_EXCLUSION_COUNT = 5;
