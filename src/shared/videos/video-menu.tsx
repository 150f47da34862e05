import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconDots,
  IconDownload,
  IconInfoCircle,
  IconLink,
  IconMap2,
  IconPlayerPlay,
  IconSearch,
  IconSparkles,
  IconStack2,
  IconTrash,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, useMatch } from 'react-router';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { isSearchable } from '#api/status.ts';
import { CollectionChoices } from '#shared/collections/add-to-collection.tsx';
import { useCopy } from '#ui/copy.tsx';
import { showFailure } from '#ui/show-failure.ts';
import { downloadVideo } from './download-video.ts';
import { useConfirmDeleteVideos } from './use-delete-videos.tsx';
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
  const { copy } = useCopy();
  const isOpen = useMatch('/videos/:videoId')?.params.videoId === video.video_id;
  const confirmDelete = useConfirmDeleteVideos([video], () => undefined);
  const { tone } = getSummary(video);
  const transcoded = Boolean(video.hls_playlist_path);
  const onError = showFailure('Processing could not be started');

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
        {!isOpen && (
          <Menu.Item component={Link} to={`/videos/${video.video_id}`} leftSection={<IconPlayerPlay size={16} />}>
            Open
          </Menu.Item>
        )}
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
        <Menu.Sub position="left-start">
          <Menu.Sub.Target>
            <Menu.Sub.Item leftSection={<IconStack2 size={16} />}>Add to collection</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            <CollectionChoices videos={[video]} />
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Item
          leftSection={<IconLink size={16} />}
          onClick={async () => {
            const isCopied = await copy(`${window.location.origin}/videos/${video.video_id}`);
            if (isCopied) notifications.show({ message: 'Link copied' });
          }}
        >
          Copy link
        </Menu.Item>
        {isSearchable(video) && (
          <Menu.Item leftSection={<IconDownload size={16} />} onClick={() => void downloadVideo(video)}>
            Download
          </Menu.Item>
        )}
        {children}
        <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={confirmDelete}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
