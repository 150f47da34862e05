import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconMovie } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { getErrorMessage } from '#api/errors.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { takeFiles } from './picked-files.ts';
import { useSampleVideos } from './sample-queries.ts';
import { startStaged } from './uploads-store.ts';

/**
 * Has the embedded platform draw three short clips, uploads them like any others, and shows how that goes. A hosted
 * platform has none.
 */
export function SampleButton({ size }: { size?: 'xs' }) {
  const navigate = useNavigate();
  const { data: studio } = useQuery(studioQuery);
  const { mutate, isPending } = useSampleVideos();
  if (studio?.platform !== 'embedded') return null;
  const add = () =>
    mutate(undefined, {
      onSuccess: (files) => {
        takeFiles(files);
        startStaged();
        void navigate('/upload');
      },
      onError: (error) =>
        void notifications.show({ color: 'red', title: 'No sample videos', message: getErrorMessage(error) }),
    });
  return (
    <Button variant="default" size={size} leftSection={<IconMovie size={15} />} loading={isPending} onClick={add}>
      Add sample videos
    </Button>
  );
}
