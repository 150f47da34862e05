import { plural } from '#lib/format.ts';
import { useSavedSearches } from '#shared/search/saved-search-queries.ts';
import classes from './shell.module.css';

const MAX_SHOWN = 99;

/** How many hits of saved searches are new, on the rail's link to them; nothing when there are none. */
export function SavedSearchBadge() {
  const { searches } = useSavedSearches();
  const count = searches.reduce((sum, { new_hits }) => sum + new_hits, 0);
  if (count === 0) return null;
  const text = `${plural(count, 'new hit')} in saved searches`;
  return (
    <span className={classes.badge} title={text}>
      <span aria-hidden>{count > MAX_SHOWN ? `${MAX_SHOWN}+` : count}</span>
      <span className={classes.spoken}>{text}</span>
    </span>
  );
}
