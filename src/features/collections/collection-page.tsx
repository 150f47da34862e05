import { Button, Group, Menu, Skeleton, Text } from '@mantine/core';
import { IconFolderMinus, IconMap2, IconMovie, IconPlus, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Collection } from '#api/contracts/collections.ts';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { ConflictError } from '#api/errors.ts';
import { plural } from '#lib/format.ts';
import { CollectionMenu, NameError } from '#shared/collections/collection-menu.tsx';
import {
  allCollectionsQuery,
  collectionVideosQuery,
  useAddVideosToCollection,
  useRemoveFromCollection,
  useUpdateCollection,
} from '#shared/collections/collection-queries.ts';
import { useTitle } from '#shared/processing/finished-videos.ts';
import { memberKey, usePendingDeletions, videoKey } from '#shared/undo/pending-deletions-store.ts';
import { undoable } from '#shared/undo/undoable.tsx';
import { SelectionBar } from '#shared/videos/selection-bar.tsx';
import { type SelectionControls, useSelection } from '#shared/videos/use-selection.ts';
import { VideoDrawer } from '#shared/videos/video-drawer.tsx';
import { VideoGrid } from '#shared/videos/video-grid.tsx';
import { VideoMenu } from '#shared/videos/video-menu.tsx';
import { InlineText } from '#ui/inline-text.tsx';
import { EmptyState } from '#ui/page.tsx';
import { QueryError } from '#ui/query-error.tsx';
import classes from './collections.module.css';
import { VideoAdder } from './video-adder.tsx';

/** Removes videos from a collection at once, and offers to add them again. */
export function useRemoveMembers(id: string, onGone: () => void) {
  const { mutateAsync: remove } = useRemoveFromCollection();
  const { mutateAsync: add } = useAddVideosToCollection();
  return (videoIds: readonly string[]) => {
    onGone();
    undoable({
      keys: videoIds.map((videoId) => memberKey(id, videoId)),
      message: `${plural(videoIds.length, 'video')} removed from the collection`,
      failure: 'Some videos could not be removed',
      run: () => remove({ id, videoIds }),
      revert: async () => {
        const outcomes = await add({ id, videoIds });
        const refused = outcomes.find(({ error }) => error !== null && !(error instanceof ConflictError));
        if (refused) throw refused.error;
      },
    });
  };
}

interface MemberMenuProps {
  readonly video: VideoListItem;
  readonly isTabStop: boolean;
  onRemove(): void;
}

/** What can be done with one video of a collection. */
export function MemberMenu({ video, isTabStop, onRemove }: MemberMenuProps) {
  return (
    <VideoMenu video={video} isTabStop={isTabStop}>
      <Menu.Item leftSection={<IconFolderMinus size={16} />} onClick={onRemove}>
        Remove from collection
      </Menu.Item>
    </VideoMenu>
  );
}

interface MemberBarProps {
  readonly controls: SelectionControls;
  readonly of: number;
  onRemove(): void;
}

/** What can be done with the chosen videos of a collection. */
export function MemberBar({ controls, of, onRemove }: MemberBarProps) {
  return (
    <SelectionBar count={controls.chosen.length} of={of} onAll={controls.all} onClear={controls.clear}>
      <Button size="compact-sm" variant="default" leftSection={<IconFolderMinus size={15} />} onClick={onRemove}>
        Remove from collection
      </Button>
    </SelectionBar>
  );
}

/** A collection by its id. The API has no request for a single one, so it is looked for among all. */
function useCollection(id: string) {
  const { data, isPending, isPlaceholderData, error, refetch } = useQuery(allCollectionsQuery);
  const collection = data?.find(({ collection_id }) => collection_id === id);
  return { collection, isPending: isPending || (isPlaceholderData && !collection), error, refetch };
}

/** A collection's videos, page after page; what is being taken out is gone already. */
export function useMembers(id: string) {
  const query = useInfiniteQuery(collectionVideosQuery(id));
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const hidden = usePendingDeletions((state) => state.keys);
  const videos = useMemo(
    () =>
      (data?.pages ?? [])
        .flatMap((page) => page.data)
        .filter(({ video_id }) => !hidden.has(memberKey(id, video_id)) && !hidden.has(videoKey(video_id))),
    [data, hidden, id],
  );
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { ...query, videos, total: data?.pages[0]?.total ?? 0, loadMore };
}

interface CollectionHeadProps {
  readonly collection: Collection;
  readonly actions: ReactNode;
  onGone(): void;
}

/** A collection's name and description, edited where they stand, and what can be done with it as a whole. */
export function CollectionHead({ collection, actions, onGone }: CollectionHeadProps) {
  const { collection_id: id, name, description, video_count: count } = collection;
  const { mutate, error, variables, reset } = useUpdateCollection();
  const refused = error && variables?.change.name !== undefined ? variables.change.name : null;
  return (
    <header className={classes.head}>
      <div className={classes.headWords}>
        <InlineText
          value={name}
          label="Name of the collection"
          placeholder="Name"
          error={refused !== null && <NameError name={refused} error={error} />}
          onSave={(text) => (text === '' ? reset() : mutate({ id, change: { name: text } }))}
        />
        <InlineText
          value={description ?? ''}
          label="Description of the collection"
          placeholder="Add a description"
          multiline
          onSave={(text) => mutate({ id, change: { description: text } })}
        />
        <Text size="xs" c="var(--studio-quiet)">
          {plural(count, 'video')}
        </Text>
      </div>
      <Group gap="xs">
        {count > 0 && (
          <>
            <Button
              component={Link}
              to={`/search?collection=${id}`}
              variant="default"
              leftSection={<IconSearch size={16} />}
            >
              Search
            </Button>
            <Button
              component={Link}
              to={`/map?collection=${id}`}
              variant="default"
              leftSection={<IconMap2 size={16} />}
            >
              Map
            </Button>
          </>
        )}
        {actions}
        <CollectionMenu collection={collection} onGone={onGone} />
      </Group>
    </header>
  );
}

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

  if (findError && !collection) {
    return <QueryError what="The collection could not be loaded" error={findError} onRetry={() => void findAgain()} />;
  }
  if (!collection) {
    if (isFinding) return <Skeleton height={90} radius="md" />;
    return (
      <EmptyState title="Collection not found" text="It was deleted, or the address is mistyped.">
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
          title="This collection is empty"
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
