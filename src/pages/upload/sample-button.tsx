import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconMovie } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { sentenceOf } from '#api/errors.ts';
import { takeFiles } from '#components/uploads/picked-files.ts';
import { useSampleFootage } from '#queries/samples.ts';
import { studioQuery } from '#queries/studio.ts';
import { startStaged } from '#stores/uploads.ts';

/** Has the embedded platform draw three short clips, and uploads them like any others. A hosted platform has none. */
export function SampleButton() {
  const { data: studio } = useQuery(studioQuery);
  const { mutate, isPending } = useSampleFootage();
  if (studio?.platform !== 'embedded') return null;
  const add = () =>
    mutate(undefined, {
      onSuccess: (files) => {
        takeFiles(files);
        startStaged();
      },
      onError: (error) =>
        void notifications.show({ color: 'red', title: 'No sample footage', message: sentenceOf(error) }),
    });
  return (
    <Button variant="default" size="xs" leftSection={<IconMovie size={15} />} loading={isPending} onClick={add}>
      Add sample footage
    </Button>
  );
}
