import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { plural } from '#lib/format.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { videoKey } from '#shared/undo/pending-deletions-store.ts';
import { undoable } from '#shared/undo/undoable.tsx';
import { confirm } from '#ui/open-dialog.ts';
import { loadDeletedVideos, useDeleteVideos, useRestoreVideos } from './delete-videos.ts';

/** How long the embedded platform keeps deleted videos. */
const RESTORE_MS = 24 * 3_600_000;

/**
 * Asks, then deletes videos with a way back. The embedded platform deletes at once and can restore for a day; with a hosted
 * one the request waits for as long as Undo is offered.
 */
export function useConfirmDeleteVideos(videos: readonly VideoListItem[], onDelete: () => void): () => void {
  const { data: studio } = useQuery(studioQuery);
  const { mutateAsync: deleteVideos } = useDeleteVideos();
  const { mutateAsync: restoreVideos } = useRestoreVideos();
  const canRestore = studio?.platform === 'embedded';
  const [first] = videos;
  const what = videos.length === 1 && first ? `“${first.name}”` : plural(videos.length, 'video');
  const ids = videos.map(({ video_id }) => video_id);
  const texts = {
    keys: ids.map(videoKey),
    message: `${plural(ids.length, 'video')} deleted`,
    failure: 'Some videos could not be deleted',
  };

  const deleteWithTrash = () =>
    undoable({
      ...texts,
      run: async () => {
        const putBackResults = await deleteVideos(ids);
        const [{ noteDeleted }, { forgetUploads }] = await Promise.all([
          loadDeletedVideos(),
          import('#shared/uploads/uploads-store.ts'),
        ]);
        forgetUploads(ids);
        noteDeleted(ids, Date.now() + RESTORE_MS);
        return putBackResults;
      },
      revert: async (putBackResults) => {
        await restoreVideos(ids);
        putBackResults();
      },
    });
  const deleteForGood = () =>
    undoable({
      ...texts,
      run: async () => {
        await deleteVideos(ids);
        const { forgetVideos } = await loadDeletedVideos();
        await forgetVideos(ids);
      },
    });

  return () =>
    void confirm({
      title: `Delete ${what}?`,
      children: (
        <Text size="sm">
          Thumbnails, segments and markers are deleted as well.{' '}
          {canRestore
            ? `You can restore ${videos.length === 1 ? 'it' : 'them'} for a day in Settings.`
            : 'You can undo this for a few seconds; after that it is permanent.'}
        </Text>
      ),
      labels: { confirm: `Delete ${plural(videos.length, 'video')}`, cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () => {
        onDelete();
        if (canRestore) deleteWithTrash();
        else deleteForGood();
      },
    });
}
