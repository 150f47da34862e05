import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import { getErrorMessage } from '#api/errors.ts';
import { plural } from '#lib/format.ts';
import { useBackfill } from '#shared/processing/pipeline-queries.ts';

/** Starts the pipelines of every video that lacks one. */
export function BackfillButton({ missing }: { missing: number }) {
  const [progress, setProgress] = useState<string | null>(null);
  const { mutate, isPending } = useBackfill((started, total) => setProgress(`${started} of ${total}`));
  if (missing === 0 && !isPending) return null;
  const start = () =>
    mutate(undefined, {
      onSuccess: (ids) => void notifications.show({ message: `${plural(ids.length, 'video')} started.` }),
      onError: (error) =>
        void notifications.show({
          color: 'red',
          title: 'Some videos could not be started',
          message: getErrorMessage(error),
        }),
      onSettled: () => setProgress(null),
    });
  return (
    <Button size="xs" leftSection={<IconSparkles size={15} />} disabled={isPending} onClick={start}>
      {isPending ? `Starting ${progress ?? '…'}` : `Process all that is missing · ${missing}`}
    </Button>
  );
}
