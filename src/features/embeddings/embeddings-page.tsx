import { Skeleton, Tabs } from '@mantine/core';
import { IconVector } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useVideoVectors } from '#shared/embeddings/vectors.ts';
import { OpenPlayer } from '#shared/player/player-view.tsx';
import { useTitle } from '#shared/processing/finished-videos.ts';
import { scopeIdsQuery } from '#shared/search/scope.ts';
import { MissingScope, ScopePicker } from '#shared/search/scope-controls.tsx';
import { useScope } from '#shared/search/use-scope.ts';
import { NoVideos } from '#shared/uploads/no-videos.tsx';
import { useVideoLookup } from '#shared/videos/video-lookup.ts';
import { PageHeader } from '#ui/page.tsx';
import { QueryError } from '#ui/query-error.tsx';
import { useUrlParameter } from '#ui/url-state.ts';
import { ConnectionsPanel } from './connections-panel.tsx';
import { DatabaseSearchPanel } from './database-search-panel.tsx';
import classes from './embeddings.module.css';
import { VIEW, VIEWS } from './embeddings-url.ts';
import { SnippetsPanel } from './snippets-panel.tsx';
import { TextPanel } from './text-panel.tsx';
import { VectorsPanel } from './vectors-panel.tsx';

const NONE: readonly string[] = [];

/** The ids of all videos that the page looks at, those of collections with them; each once. */
export function useScopeVideos({ scope, isReady, isPending, error }: ReturnType<typeof useScope>) {
  const ids = useQuery({ ...scopeIdsQuery(scope), enabled: isReady });
  return { ids: ids.data ?? NONE, isPending: isPending || (isReady && ids.isPending), error: error ?? ids.error };
}

const LABELS: Readonly<Record<(typeof VIEWS)[number], string>> = {
  vectors: 'Vectors',
  databases: 'Databases',
  programs: 'Code',
};

/** The vectors behind search: as files, against a text, and in databases of your own. */
export function EmbeddingsPage() {
  useTitle('Embeddings');
  const scope = useScope();
  const videos = useScopeVideos(scope);
  const { getName } = useVideoLookup(videos.ids);
  const vectors = useVideoVectors(videos.ids);
  const [view, setView] = useUrlParameter(VIEW);
  if (!scope.isPending && scope.isEmpty && !scope.error) {
    return (
      <NoVideos
        icon={<IconVector size={44} stroke={1.1} />}
        title="No embeddings yet"
        text="Process a video to get one embedding per segment."
      />
    );
  }
  return (
    <>
      <PageHeader title="Embeddings">
        <ScopePicker scope={scope} />
      </PageHeader>
      <MissingScope scope={scope} />
      {videos.error && (
        <QueryError what="The videos could not be listed" error={videos.error} onRetry={() => void scope.refetch()} />
      )}
      <Tabs value={view} onChange={(chosen) => setView(VIEW.parse(chosen))} keepMounted={false}>
        <Tabs.List mb="md">
          {VIEWS.map((value) => (
            <Tabs.Tab key={value} value={value}>
              {LABELS[value]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="vectors" className={classes.columns}>
          {/* On phones they stand below each other: they come together, so that none is moved by another. */}
          {videos.isPending ? (
            <Skeleton height={320} radius="md" />
          ) : (
            <>
              <VectorsPanel ids={videos.ids} vectors={vectors} getName={getName} />
              <div className={classes.column}>
                <OpenPlayer className={classes.player} />
                <TextPanel vectors={vectors} />
              </div>
            </>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="databases" className={classes.columns}>
          <ConnectionsPanel videoIds={videos.ids} />
          <div className={classes.column}>
            <OpenPlayer className={classes.player} />
            <DatabaseSearchPanel />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="programs">
          <SnippetsPanel ids={videos.ids} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
