import { Button, Group, Progress, Text } from '@mantine/core';
import type { IndexStatus, Model } from '#api/contracts/models.ts';
import { plural } from '#lib/format.ts';
import { getModelName } from '#shared/platform/model-list.ts';
import { confirm } from '#ui/open-dialog.ts';
import { showFailure } from '#ui/show-failure.ts';
import { useModelChanges } from './model-queries.ts';
import classes from './models.module.css';

interface IndexPanelProps {
  readonly index: IndexStatus;
  readonly models: readonly Model[];
  readonly canChange: boolean;
}

/** The model that is searched with, and the index of another one: how far it is, and what can be done with it. */
export function IndexPanel({ index, models, canChange }: IndexPanelProps) {
  const { next } = index;
  return (
    <section className={classes.panel} aria-label="Search index">
      <h2>Search index</h2>
      <Text size="sm">
        Searches use <strong>{getModelName(models, index.model)}</strong> on {plural(index.segments, 'segment')}.
      </Text>
      {next && <NextIndex index={index} next={next} name={getModelName(models, next.model)} canChange={canChange} />}
    </section>
  );
}

const describe = (name: string, state: NonNullable<IndexStatus['next']>['state'], isComplete: boolean): string => {
  if (state === 'previous') return `${name} was used before. You can go back to it for a day.`;
  if (state === 'paused') return `Indexing with ${name} is paused.`;
  if (state === 'ready' && isComplete) return `${name} is ready. Compare its results, then switch.`;
  return `Indexing with ${name}. Searches use the current model until you switch.`;
};

interface NextIndexProps {
  readonly index: IndexStatus;
  readonly next: NonNullable<IndexStatus['next']>;
  readonly name: string;
  readonly canChange: boolean;
}

function NextIndex({ index, next, name, canChange }: NextIndexProps) {
  const { pause, cancel, change } = useModelChanges();
  const isComplete = next.segments >= index.segments;
  const percentage = index.segments === 0 ? 100 : Math.floor((100 * next.segments) / index.segments);
  const isPrevious = next.state === 'previous';
  const confirmCancel = () =>
    void confirm({
      title: isPrevious ? `Remove the index of ${name}?` : `Cancel indexing with ${name}?`,
      children: (
        <Text size="sm">
          {isPrevious ? 'Going back to it will require a new index.' : 'The part that is already indexed is deleted.'}
        </Text>
      ),
      labels: { confirm: isPrevious ? 'Remove' : 'Cancel indexing', cancel: 'Keep it' },
      confirmProps: { color: 'red' },
      onConfirm: () => cancel.mutate(undefined, { onError: showFailure('The index could not be removed') }),
    });
  return (
    <>
      <Text size="sm" aria-live="polite">
        {describe(name, next.state, isComplete)}
      </Text>
      {!isComplete && (
        <div>
          <Progress value={percentage} aria-label={`Indexing with ${name}`} />
          <Text size="xs" c="var(--studio-quiet)" mt={4}>
            {next.segments.toLocaleString('en')} of {plural(index.segments, 'segment')}
          </Text>
        </div>
      )}
      {next.error !== null && (
        <Text size="sm" c="var(--studio-bad)" role="alert">
          {next.error}
        </Text>
      )}
      {canChange && (
        <Group gap="xs">
          <Button
            size="xs"
            disabled={!isComplete}
            loading={change.isPending}
            onClick={() => change.mutate(undefined, { onError: showFailure('The model could not be changed') })}
          >
            {isPrevious ? `Go back to ${name}` : `Switch to ${name}`}
          </Button>
          {!isComplete && !isPrevious && (
            <Button
              size="xs"
              variant="default"
              loading={pause.isPending}
              onClick={() =>
                pause.mutate(next.state !== 'paused', { onError: showFailure('Indexing could not be changed') })
              }
            >
              {next.state === 'paused' ? 'Resume' : 'Pause'}
            </Button>
          )}
          <Button size="xs" variant="subtle" color="red" loading={cancel.isPending} onClick={confirmCancel}>
            {isPrevious ? 'Remove' : 'Cancel'}
          </Button>
        </Group>
      )}
    </>
  );
}
