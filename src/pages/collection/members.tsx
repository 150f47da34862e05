import { Button, Menu } from '@mantine/core';
import { IconFolderMinus } from '@tabler/icons-react';
import type { VideoListItem } from '#api/schemas/videos.ts';
import { undoable } from '#components/undo/undoable.tsx';
import { SelectionBar } from '#components/videos/selection-bar.tsx';
import type { SelectionControls } from '#components/videos/use-selection.ts';
import { VideoMenu } from '#components/videos/video-menu.tsx';
import { plural } from '#lib/format.ts';
import { useRemoveFromCollection } from '#queries/collections.ts';
import { memberKey } from '#stores/hidden.ts';

/** Takes videos out of a collection once it cannot be undone any more. */
export function useRemoveMembers(id: string, onGone: () => void) {
  const { mutateAsync } = useRemoveFromCollection();
  return (videoIds: readonly string[]) => {
    onGone();
    undoable({
      keys: videoIds.map((videoId) => memberKey(id, videoId)),
      message: `${plural(videoIds.length, 'video')} taken out`,
      failure: 'Not everything was taken out',
      run: () => mutateAsync({ id, videoIds }),
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
        Take out of the collection
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
        Take out
      </Button>
    </SelectionBar>
  );
}
