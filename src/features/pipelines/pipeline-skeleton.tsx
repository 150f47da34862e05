import { Skeleton } from '@mantine/core';
import classes from './pipelines.module.css';

const ROWS = ['one', 'two', 'three', 'four', 'five'];

/** What the page will look like, before it knows. */
export function PipelineSkeleton() {
  return (
    <>
      <Skeleton height={64} mb="md" radius="md" />
      <div className={classes.skeletons}>
        {ROWS.map((row) => (
          <Skeleton key={row} height={76} radius="md" />
        ))}
      </div>
    </>
  );
}
