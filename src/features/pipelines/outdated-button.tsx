import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconRefresh } from '@tabler/icons-react';
import { getErrorMessage } from '#api/errors.ts';
import { plural } from '#lib/format.ts';
import { useProcessAgain } from '#shared/processing/pipeline-queries.ts';

/** Processes the videos again that an earlier version of the platform has processed. */
export function OutdatedButton({ videoIds }: { videoIds: readonly string[] }) {
  const { mutate, isPending } = useProcessAgain();
  if (videoIds.length === 0) return null;
  const start = () =>
    mutate(videoIds, {
      onSuccess: () =>
        void notifications.show({
          message: `Processing ${plural(videoIds.length, 'video')} again. They can be used meanwhile.`,
        }),
      onError: (error) =>
        void notifications.show({
          color: 'red',
          title: 'Some videos could not be started',
          message: getErrorMessage(error),
        }),
    });
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconRefresh size={15} />}
      loading={isPending}
      onClick={start}
      title="An earlier version read the time, shape, color or sound of some files less exactly."
    >
      {`Update ${plural(videoIds.length, 'video')} from an earlier version`}
    </Button>
  );
}
