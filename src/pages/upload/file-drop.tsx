import { Group, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import '@mantine/dropzone/styles.css';
import { notifications } from '@mantine/notifications';
import { IconUpload, IconVideoPlus } from '@tabler/icons-react';
import { VIDEO_EXTENSIONS } from '#api/upload/content-type.ts';
import { useUploads } from '#stores/uploads.ts';
import classes from './upload.module.css';

const ACCEPTED = { 'video/*': [...VIDEO_EXTENSIONS] };

function tellRejected(files: readonly { file: { name: string } }[]): void {
  for (const { file } of files) {
    notifications.show({ color: 'red', title: `${file.name} was not added`, message: 'This is not a video file.' });
  }
}

/** Drop files here, or press to pick them. */
export function FileDrop({ compact }: { compact: boolean }) {
  const add = useUploads((state) => state.add);
  const content = (
    <>
      <IconVideoPlus size={compact ? 26 : 44} stroke={1.2} />
      <Stack gap={2} align={compact ? 'flex-start' : 'center'} ta={compact ? undefined : 'center'}>
        <Text fw={600}>Drop videos here, or press to pick them</Text>
        <Text size="sm" c="var(--studio-quiet)">
          MP4, MOV, MKV, WebM, AVI and most others; any size. 1 credit per 25 MiB.
        </Text>
      </Stack>
    </>
  );
  return (
    <>
      <Dropzone
        onDrop={add}
        onReject={tellRejected}
        accept={ACCEPTED}
        className={classes.drop}
        data-compact={compact}
        inputProps={{ 'aria-label': 'Videos to upload' }}
      >
        {compact ? <Group gap="md">{content}</Group> : <Stack align="center">{content}</Stack>}
      </Dropzone>
      <Dropzone.FullScreen onDrop={add} onReject={tellRejected} accept={ACCEPTED}>
        <Stack align="center" justify="center" h="80vh">
          <IconUpload size={56} stroke={1.2} />
          <Text size="lg" fw={600}>
            Drop to upload
          </Text>
        </Stack>
      </Dropzone.FullScreen>
    </>
  );
}
