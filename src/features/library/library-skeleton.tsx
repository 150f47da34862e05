import { Skeleton } from '@mantine/core';
import classes from './library.module.css';

const TILES = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];

/** What stands where the videos will be. */
export function LibrarySkeleton() {
  return (
    <div className={classes.skeletons}>
      {TILES.map((key) => (
        <Skeleton key={key} height={190} radius="md" />
      ))}
    </div>
  );
}
