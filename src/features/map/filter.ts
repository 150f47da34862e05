/** Which entries of a legend are shown: all but some, or only some. */
export interface Filter {
  readonly shows: 'all-but' | 'only';
  readonly keys: ReadonlySet<string>;
}

const ALL: Filter = { shows: 'all-but', keys: new Set() };

/** Reads what `filterText` wrote; anything else shows all. */
export function parseFilter(text: string | null): Filter {
  const [shows, ...keys] = text?.split('.') ?? [];
  return (shows === 'only' || shows === 'all-but') && keys.length > 0 ? { shows, keys: new Set(keys) } : ALL;
}

/** A filter for the URL; null when all is shown. */
export const filterText = ({ shows, keys }: Filter): string | null =>
  keys.size > 0 ? [shows, ...keys].join('.') : null;

export const isShown = ({ shows, keys }: Filter, key: string): boolean => (shows === 'only') === keys.has(key);

/** Shows an entry that was hidden, or hides it; when the last is hidden, all are shown again. */
export function toggled(filter: Filter, key: string): Filter {
  const keys = new Set(filter.keys);
  if (!keys.delete(key)) keys.add(key);
  return keys.size > 0 ? { shows: filter.shows, keys } : ALL;
}

/** Shows nothing but an entry; when that is so already, all again. */
export const isolated = (filter: Filter, key: string): Filter =>
  filter.shows === 'only' && filter.keys.size === 1 && filter.keys.has(key)
    ? ALL
    : { shows: 'only', keys: new Set([key]) };
