import '@mantine/dropzone/styles.css';
import { Button, Group, Stack, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { notifications } from '@mantine/notifications';
import { IconFolder, IconUpload, IconVideoPlus } from '@tabler/icons-react';
import { useRef } from 'react';
import { VIDEO_EXTENSIONS } from '#api/upload/filename.ts';
import { plural } from '#lib/format.ts';
import { takeFiles } from '#shared/uploads/picked-files.ts';
import { SUBTITLE_EXTENSIONS } from '#shared/videos/subtitle-files.ts';
import classes from './upload.module.css';

const ACCEPTED = { 'video/*': [...VIDEO_EXTENSIONS], 'text/vtt': [...SUBTITLE_EXTENSIONS] };

function take(files: readonly File[]): void {
  const passedOver = takeFiles(files);
  if (passedOver === 0) return;
  notifications.show({ message: `${plural(passedOver, 'file')} in the folder skipped: not videos, or empty.` });
}

// What the picker's filter lets through all the same is taken too, and says itself what is wrong with it.
const zone = {
  onDrop: take,
  onReject: (rejected: readonly { file: File }[]) => take(rejected.map(({ file }) => file)),
  accept: ACCEPTED,
  useFsAccessApi: true,
};

/** A button that picks a whole folder. */
function FolderButton() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant="default" size="xs" leftSection={<IconFolder size={15} />} onClick={() => input.current?.click()}>
        Select a folder
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="Folder to upload"
        // React's types do not know the attribute yet; browsers have for years.
        {...{ webkitdirectory: '' }}
        onChange={(event) => {
          take([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}

/** Drop files or a folder anywhere on the page, or press to pick them. */
export function FileDrop({ compact }: { compact: boolean }) {
  return (
    <div className={classes.drop} data-compact={compact}>
      <Dropzone {...zone} className={classes.target} inputProps={{ 'aria-label': 'Videos to upload' }}>
        <Group gap="md" justify={compact ? 'flex-start' : 'center'} wrap="nowrap">
          <IconVideoPlus size={compact ? 26 : 40} stroke={1.2} />
          <Stack gap={2}>
            <Text fw={600} size={compact ? 'sm' : 'md'}>
              Drop videos or a folder, or click to select files
            </Text>
            <Text size="xs" c="var(--studio-quiet)">
              MP4, MOV, MKV, WebM, AVI and more. No size limit. A folder becomes a collection; subtitles (clip.en.srt)
              go with their video.
            </Text>
          </Stack>
        </Group>
      </Dropzone>
      <FolderButton />
      <Dropzone.FullScreen {...zone}>
        <Stack align="center" justify="center" h="80vh">
          <IconUpload size={56} stroke={1.2} />
          <Text size="lg" fw={600}>
            Drop to upload
          </Text>
        </Stack>
      </Dropzone.FullScreen>
    </div>
  );
}
