import { Button, Menu } from '@mantine/core';
import { IconFolderMinus } from '@tabler/icons-react';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { ConflictError } from '#api/errors.ts';
import { plural } from '#lib/format.ts';
import { useAddVideosToCollection, useRemoveFromCollection } from '#shared/collections/collection-queries.ts';
import { memberKey } from '#shared/undo/pending-deletions-store.ts';
import { undoable } from '#shared/undo/undoable.tsx';
import { SelectionBar } from '#shared/videos/selection-bar.tsx';
import type { SelectionControls } from '#shared/videos/use-selection.ts';
import { VideoMenu } from '#shared/videos/video-menu.tsx';

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
