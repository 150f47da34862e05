import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconMap2, IconSearch, IconSparkles, IconTrash } from '@tabler/icons-react';
import { Link } from 'react-router';
import { sentenceOf } from '#api/errors.ts';
import { lacksPipeline } from '#api/recipes/backfill.ts';
import type { VideoListItem } from '#api/schemas/videos.ts';
import { askFirst } from '#components/dialogs/open-dialog.ts';
import { undoable } from '#components/undo/undoable.tsx';
import { isSearchable } from '#components/video/video-status.tsx';
import { AddToCollection } from '#components/videos/add-to-collection.tsx';
import { SelectionBar } from '#components/videos/selection-bar.tsx';
import type { SelectionControls } from '#components/videos/use-selection.ts';
import { plural } from '#lib/format.ts';
import { useStartMissing } from '#queries/pipelines.ts';
import { useDeleteVideos } from '#queries/videos.ts';
import { videoKey } from '#stores/hidden.ts';

/** Asks how many are meant, lets them go from the list, and deletes them once it cannot be undone any more. */
export function useDeleteChosen(chosen: readonly VideoListItem[], onGone: () => void): () => void {
  const { mutateAsync } = useDeleteVideos();
  const [first] = chosen;
  const what = chosen.length === 1 && first ? `“${first.name}”` : plural(chosen.length, 'video');
  return () =>
    void askFirst({
      title: `Delete ${what}?`,
      children: (
        <Text size="sm">
          {chosen.length === 1 ? 'It goes' : 'They go'} for good, with thumbnails, segments and everything found in
          {chosen.length === 1 ? ' it.' : ' them.'}
        </Text>
      ),
      labels: { confirm: `Delete ${plural(chosen.length, 'video')}`, cancel: 'Keep' },
      confirmProps: { color: 'red' },
      onConfirm: () => {
        const ids = chosen.map(({ video_id }) => video_id);
        onGone();
        undoable({
          keys: ids.map(videoKey),
          message: `${plural(ids.length, 'video')} deleted`,
          failure: 'Not everything was deleted',
          run: async () => {
            await mutateAsync(ids);
            const { forgetVideos } = await import('#stores/forget-videos.ts');
            await forgetVideos(ids);
          },
        });
      },
    });
}

interface LibrarySelectionBarProps {
  readonly chosen: readonly VideoListItem[];
  readonly of: number;
  readonly controls: SelectionControls;
  onDelete(): void;
}

/** What can be done with the chosen videos. */
export function LibrarySelectionBar({ chosen, of, controls, onDelete }: LibrarySelectionBarProps) {
  const { mutateAsync: startMissing, isPending } = useStartMissing();
  const unprocessed = chosen.filter(lacksPipeline);
  const searchable = chosen.filter(isSearchable).map(({ video_id }) => video_id);
  const scope = `in=${searchable.join(',')}`;

  const process = async () => {
    const results = await Promise.allSettled(unprocessed.map((video) => startMissing(video)));
    const refused = results.find((result) => result.status === 'rejected');
    if (refused) notifications.show({ color: 'red', title: 'Not all started', message: sentenceOf(refused.reason) });
    else notifications.show({ message: `${plural(unprocessed.length, 'video')} started.` });
  };

  return (
    <SelectionBar count={chosen.length} of={of} onAll={controls.all} onClear={controls.clear}>
      {unprocessed.length > 0 && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconSparkles size={15} />}
          loading={isPending}
          onClick={() => void process()}
        >
          Process {unprocessed.length}
        </Button>
      )}
      <AddToCollection videos={chosen} />
      {searchable.length > 0 && (
        <>
          <Button
            size="compact-sm"
            variant="default"
            component={Link}
            to={`/search?${scope}`}
            leftSection={<IconSearch size={15} />}
          >
            Search within
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            component={Link}
            to={`/map?${scope}`}
            leftSection={<IconMap2 size={15} />}
          >
            Map
          </Button>
        </>
      )}
      <Button size="compact-sm" variant="light" color="red" leftSection={<IconTrash size={15} />} onClick={onDelete}>
        Delete
      </Button>
    </SelectionBar>
  );
}
