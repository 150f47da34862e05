import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getErrorMessage } from '#api/errors.ts';
import { formatBytes, plural } from '#lib/format.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { usePendingDeletions, videoKey } from '#shared/undo/pending-deletions-store.ts';
import { type DeletedVideo, trashQuery, useEmptyTrash, useRestoreVideos } from '#shared/videos/delete-videos.ts';
import { forgetVideos, noteSettled } from '#shared/videos/deleted-videos-store.ts';
import { confirm } from '#ui/open-dialog.ts';
import { showFailure } from '#ui/show-failure.ts';
import classes from './settings.module.css';
import { SettingsSection } from './settings-section.tsx';

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** Videos that were deleted within the last day. The embedded platform alone keeps them. */
export function TrashSection() {
  const { data: studio } = useQuery(studioQuery);
  const isEmbedded = studio?.platform === 'embedded';
  const { data: videos, error } = useQuery({ ...trashQuery, enabled: isEmbedded });
  const { mutate: emptyTrash, isPending: isEmptying } = useEmptyTrash();
  if (!isEmbedded) return null;
  const count = videos?.length ?? 0;
  const ids = (videos ?? []).map(({ video_id }) => video_id);
  const confirmEmpty = () =>
    void confirm({
      title: `Permanently delete ${plural(count, 'video')}?`,
      children: <Text size="sm">This cannot be undone.</Text>,
      labels: { confirm: 'Delete permanently', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () =>
        emptyTrash(undefined, {
          onError: showFailure('The videos could not be deleted'),
          onSuccess: () => {
            noteSettled(ids);
            void forgetVideos(ids);
          },
        }),
    });
  return (
    <SettingsSection title="Recently deleted">
      {error && (
        <Text size="sm" c="var(--studio-bad)" role="alert">
          {getErrorMessage(error)}
        </Text>
      )}
      <Text size="sm" c="var(--studio-quiet)">
        {count === 0
          ? 'No videos. Deleted videos can be restored for a day.'
          : 'These videos are deleted permanently a day after you deleted them.'}
      </Text>
      {videos && count > 0 && (
        <>
          <ul className={classes.trash} aria-label="Recently deleted videos">
            {videos.map((video) => (
              <TrashRow key={video.video_id} video={video} />
            ))}
          </ul>
          <Button variant="default" color="red" size="xs" loading={isEmptying} onClick={confirmEmpty}>
            Delete all permanently
          </Button>
        </>
      )}
    </SettingsSection>
  );
}

function TrashRow({ video: { video_id: id, name, bytes, deleted_at } }: { video: DeletedVideo }) {
  const { mutate: restore, isPending } = useRestoreVideos();
  const onSuccess = () => usePendingDeletions.getState().show([videoKey(id)]);
  return (
    <li>
      <div>
        <Text size="sm" truncate title={name}>
          {name}
        </Text>
        <Group gap={6}>
          <Text size="xs" c="var(--studio-quiet)">
            {formatBytes(bytes)} · deleted {DATE.format(new Date(deleted_at))}
          </Text>
        </Group>
      </div>
      <Button
        variant="default"
        size="compact-xs"
        loading={isPending}
        aria-label={`Restore ${name}`}
        onClick={() => restore([id], { onSuccess, onError: showFailure('The video could not be restored') })}
      >
        Restore
      </Button>
    </li>
  );
}
