import { Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { modelsQuery } from '#shared/platform/model-list.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { useTitle } from '#shared/processing/finished-videos.ts';
import { EmptyState, PageHeader } from '#ui/page.tsx';
import { QueryError } from '#ui/query-error.tsx';
import { Comparison } from './comparison.tsx';
import { IndexPanel } from './index-panel.tsx';
import { ModelList } from './model-list.tsx';
import { indexQuery } from './model-queries.ts';
import classes from './models.module.css';

/** What the platform understands videos with, and how to change it. */
export function ModelsPage() {
  useTitle('Models');
  const { data: studio } = useQuery(studioQuery);
  const enabled = studio?.platform === 'embedded';
  const models = useQuery({ ...modelsQuery, enabled });
  const index = useQuery({ ...indexQuery, enabled });
  const error = models.error ?? index.error;
  if (studio?.platform === 'remote') {
    return (
      <EmptyState title="Models" text="A hosted platform chooses its models itself.">
        <Anchor component={Link} to="/settings">
          Settings
        </Anchor>
      </EmptyState>
    );
  }
  return (
    <>
      <PageHeader title="Models">
        <Anchor component={Link} to="/settings" size="sm">
          Settings
        </Anchor>
      </PageHeader>
      {error && (
        <QueryError
          what="The models could not be loaded"
          error={error}
          onRetry={() => void Promise.all([models.refetch(), index.refetch()])}
        />
      )}
      {models.data && index.data && (
        <div className={classes.page}>
          {models.data.reason !== null && (
            <Text size="sm" c="var(--studio-quiet)" role="note">
              {models.data.reason}
            </Text>
          )}
          <IndexPanel index={index.data} models={models.data.models} canChange={models.data.can_change} />
          {index.data.next && index.data.next.state !== 'building' && (
            <Comparison index={index.data} models={models.data.models} />
          )}
          <ModelList list={models.data} index={index.data} />
        </div>
      )}
    </>
  );
}
