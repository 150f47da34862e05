import type { Client } from '../client.ts';
import type { VideoListItem } from '../contracts/videos.ts';
import type { CallOptions } from '../http.ts';
import type { VideoListParams } from '../resources/videos.ts';

/** The largest page that the API returns. */
const PAGE_SIZE = 500;
const MAX_PARALLEL_PAGES = 4;

/**
 * Every video that matches, page after page, several pages at once when there are many. Lists that change while they are
 * read may repeat a video; each is returned once.
 */
export async function listAllVideos(
  client: Client,
  params: Omit<VideoListParams, 'skip' | 'limit'> = {},
  call?: CallOptions,
): Promise<VideoListItem[]> {
  const byId = new Map<string, VideoListItem>();
  let parallel = 1;
  for (let skip = 0; ; ) {
    const pages = await Promise.all(
      Array.from({ length: parallel }, (_, index) =>
        client.videos.listPage({ ...params, skip: skip + index * PAGE_SIZE, limit: PAGE_SIZE }, call),
      ),
    );
    for (const video of pages.flatMap(({ data }) => data)) byId.set(video.video_id, video);
    if (pages.some(({ isLast }) => isLast)) return [...byId.values()];
    skip += parallel * PAGE_SIZE;
    parallel = Math.min(MAX_PARALLEL_PAGES, parallel * 2);
  }
}
