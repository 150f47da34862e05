import { notifications } from '@mantine/notifications';
import type { VideoListItem } from '#api/contracts/videos.ts';
import { BadRequestError, getErrorMessage } from '#api/errors.ts';
import { api } from '#shared/platform/client.ts';
import { toFileName } from '#ui/save-file.ts';

/**
 * Downloads a video's MP4. The API names it in the map of a video, which is free and needs a searchable video with two
 * segments at least.
 */
export async function downloadVideo({ video_id: videoId, name }: VideoListItem): Promise<void> {
  try {
    const { videos } = await api.search.visualize({ videoIds: [videoId] });
    const url = videos[videoId]?.video_url;
    if (!url) throw new Error('The platform has no downloadable file of this video.');
    const link = document.createElement('a');
    link.href = url;
    link.download = toFileName(name, 'mp4');
    // Browsers open files of another site instead of saving them.
    link.target = '_blank';
    link.rel = 'noopener';
    link.click();
  } catch (error) {
    const message =
      error instanceof BadRequestError ? 'Videos with a single segment have no download link.' : getErrorMessage(error);
    notifications.show({ color: 'red', title: `“${name}” could not be downloaded`, message });
  }
}
