import { ActionIcon, Menu, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { IconDots, IconMap2, IconSparkles, IconTrash } from '@tabler/icons-react';
import { Link } from 'react-router';
import { sentenceOf } from '#api/errors.ts';
import type { VideoListItem } from '#api/schemas/videos.ts';
import { isSearchable, summaryOf } from '#components/video/video-status.tsx';
import { useDeleteVideo, useProcessVideo } from '#queries/videos.ts';

const reportTo = (title: string) => ({
  onError: (error: unknown) => void notifications.show({ color: 'red', title, message: sentenceOf(error) }),
});

/** What can be done with one video. */
export function VideoMenu({ video }: { video: VideoListItem }) {
  const { mutate: process } = useProcessVideo();
  const { mutate: remove } = useDeleteVideo();
  const { tone } = summaryOf(video);
  const transcoded = Boolean(video.hls_playlist_path);

  const confirmDelete = () =>
    modals.openConfirmModal({
      title: 'Delete this video?',
      children: (
        <Text size="sm">
          “{video.name}” goes for good, with its thumbnails, its segments and everything found in it.
        </Text>
      ),
      labels: { confirm: 'Delete', cancel: 'Keep' },
      confirmProps: { color: 'red' },
      onConfirm: () => remove(video.video_id, reportTo('The video was not deleted')),
    });

  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Actions for ${video.name}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {isSearchable(video) && (
          <Menu.Item component={Link} to={`/map?in=${video.video_id}`} leftSection={<IconMap2 size={16} />}>
            Show on the map
          </Menu.Item>
        )}
        {transcoded && tone !== 'busy' && (
          <Menu.Item
            leftSection={<IconSparkles size={16} />}
            onClick={() => process(video.video_id, reportTo('Analysis could not be started'))}
          >
            {tone === 'ready' ? 'Analyse again' : 'Analyse'}
          </Menu.Item>
        )}
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={confirmDelete}>
          Delete …
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
