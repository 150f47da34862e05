import { Button, Skeleton } from '@mantine/core';
import { IconMovie, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useTitle } from '#shared/processing/use-title.ts';
import { useSelection } from '#shared/videos/use-selection.ts';
import { VideoDrawer } from '#shared/videos/video-drawer.tsx';
import { VideoGrid } from '#shared/videos/video-grid.tsx';
import { EmptyState } from '#ui/empty-state.tsx';
import { QueryError } from '#ui/query-error.tsx';
import { CollectionHead } from './collection-head.tsx';
import { MemberBar, MemberMenu, useRemoveMembers } from './members.tsx';
import { useCollection, useMembers } from './use-collection.ts';
import { VideoAdder } from './video-adder.tsx';

/** One collection: its words, its videos, and what can be done with them together. */
export function CollectionPage() {
  const { collectionId = '' } = useParams();
  const navigate = useNavigate();
  const [isAdding, setAdding] = useState(false);
  const { collection, isPending: isFinding, error: findError, refetch: findAgain } = useCollection(collectionId);
  const { videos, total, error, isPending, refetch, loadMore } = useMembers(collectionId);
  const controls = useSelection(videos.map(({ video_id }) => video_id));
  const remove = useRemoveMembers(collectionId, controls.clear);
  useTitle(collection?.name ?? 'Collection');

  if (findError) {
    return <QueryError what="The collection could not be loaded" error={findError} onRetry={() => void findAgain()} />;
  }
  if (!collection) {
    if (isFinding) return <Skeleton height={90} radius="md" />;
    return (
      <EmptyState title="There is no such collection" text="It was deleted, or the address is mistyped.">
        <Button onClick={() => void navigate('/collections')}>Show all collections</Button>
      </EmptyState>
    );
  }
  const addButton = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      Add videos
    </Button>
  );
  return (
    <>
      <CollectionHead collection={collection} actions={addButton} onGone={() => void navigate('/collections')} />
      {error && <QueryError what="The videos could not be loaded" error={error} onRetry={() => void refetch()} />}
      {isPending && <Skeleton height={200} radius="md" />}
      {!isPending && !error && videos.length === 0 && (
        <EmptyState
          icon={<IconMovie size={44} stroke={1.1} />}
          title="Nothing in it yet"
          text="Add videos that are processed, or upload new ones straight into it."
        >
          {addButton}
        </EmptyState>
      )}
      {videos.length > 0 && (
        <VideoGrid
          videos={videos}
          total={total}
          controls={controls}
          onNearEnd={loadMore}
          onDelete={() => remove(controls.chosen)}
          renderMenu={(video, isTabStop) => (
            <MemberMenu video={video} isTabStop={isTabStop} onRemove={() => remove([video.video_id])} />
          )}
        />
      )}
      <MemberBar controls={controls} of={videos.length} onRemove={() => remove(controls.chosen)} />
      <VideoAdder collection={collection} opened={isAdding} onClose={() => setAdding(false)} />
      <VideoDrawer />
    </>
  );
}
