import { Button, Group } from '@mantine/core';
import { IconMovie, IconUpload } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { z } from 'zod/mini';
import { fetchLocal } from '#shared/platform/client.ts';
import { studioQuery } from '#shared/platform/studio-queries.ts';
import { EmptyState } from '#ui/page.tsx';
import { showFailure } from '#ui/show-failure.ts';
import { takeFiles } from './picked-files.ts';
import { startStaged } from './uploads-store.ts';

const samplesSchema = z.array(z.object({ name: z.string(), title: z.string() }));

/** The sample clips of the embedded platform. It draws a clip when it is first requested, which takes a few seconds. */
async function fetchSampleFiles(): Promise<File[]> {
  const samples = samplesSchema.parse(await (await fetchLocal('/local/samples')).json());
  return Promise.all(
    samples.map(async ({ name, title }) => {
      const clip = await (await fetchLocal(`/local/samples/${encodeURIComponent(name)}`)).blob();
      return new File([clip], `${title}.mp4`, { type: 'video/mp4' });
    }),
  );
}

/**
 * Has the embedded platform draw three short clips, uploads them like any others, and shows how that goes. A hosted
 * platform has none.
 */
export function SampleButton({ size }: { size?: 'xs' }) {
  const navigate = useNavigate();
  const { data: studio } = useQuery(studioQuery);
  const { mutate, isPending } = useMutation({ mutationFn: fetchSampleFiles });
  if (studio?.platform !== 'embedded') return null;
  const add = () =>
    mutate(undefined, {
      onSuccess: (files) => {
        takeFiles(files);
        startStaged();
        void navigate('/upload');
      },
      onError: showFailure('No sample videos'),
    });
  return (
    <Button variant="default" size={size} leftSection={<IconMovie size={15} />} loading={isPending} onClick={add}>
      Add sample videos
    </Button>
  );
}

/** Shown while there are no videos: ways to add some. */
export function NoVideos(shown: { title: string; text: string; icon: ReactNode }) {
  return (
    <EmptyState {...shown}>
      <Group justify="center">
        <Button component={Link} to="/upload" leftSection={<IconUpload size={16} />}>
          Upload
        </Button>
        <SampleButton />
      </Group>
    </EmptyState>
  );
}
