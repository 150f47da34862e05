import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDots, IconInfoCircle, IconMap2, IconSearch, IconSparkles } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { getErrorMessage } from '#api/errors.ts';
import { isSearchable } from '#api/status.ts';
import { useDetails } from './video-drawer.tsx';
import { useProcessVideo } from './video-queries.ts';
import { getSummary } from './video-tile.tsx';

interface VideoMenuProps {
  readonly video: VideoListItem;
  readonly isTabStop: boolean;
  /** Further items, of the page that shows the video. */
  readonly children?: ReactNode;
}

/** What can be done with one video. */
export function VideoMenu({ video, isTabStop, children }: VideoMenuProps) {
  const { mutate: process } = useProcessVideo();
  const { show } = useDetails();
  const { tone } = getSummary(video);
  const transcoded = Boolean(video.hls_playlist_path);
  const onError = (error: unknown) =>
    void notifications.show({
      color: 'red',
      title: 'Processing could not be started',
      message: getErrorMessage(error),
    });

  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          tabIndex={isTabStop ? 0 : -1}
          aria-label={`Actions for ${video.name}`}
        >
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconInfoCircle size={16} />} onClick={() => show(video.video_id)}>
          Details
        </Menu.Item>
        {isSearchable(video) && (
          <>
            <Menu.Item component={Link} to={`/search?in=${video.video_id}`} leftSection={<IconSearch size={16} />}>
              Search within
            </Menu.Item>
            <Menu.Item component={Link} to={`/map?in=${video.video_id}`} leftSection={<IconMap2 size={16} />}>
              Show on the map
            </Menu.Item>
          </>
        )}
        {transcoded && tone !== 'busy' && (
          <Menu.Item leftSection={<IconSparkles size={16} />} onClick={() => process(video.video_id, { onError })}>
            {tone === 'ready' ? 'Process again' : 'Process'}
          </Menu.Item>
        )}
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}
