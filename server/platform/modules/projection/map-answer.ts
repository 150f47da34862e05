import type { Thumbnails } from '#api/contracts/map.ts';
import { encodeMap } from '#api/map-format.ts';
import { toMilliseconds } from '#lib/time.ts';
import type { UrlBuilder } from '../../http/url-builder.ts';
import type { MapSegments, VideoSegments } from './map-segments.ts';
import type { Places } from './projection-service.ts';

/** What a map tells of a video beside its segments. */
export interface MapVideo {
  readonly color: string;
  readonly hls_playlist_url: string | null;
}

/** A file name that is a number with leading zeros and an extension. */
const NUMBERED = /^(.+)\/(\d+)(\.\w+)$/;

/** The pictures of a video by their number, where they are numbered as analysis does it: by the position of the segment. */
function getThumbnails(links: UrlBuilder, { video_id, thumbnails }: VideoSegments): Thumbnails {
  const [, folder = '', number = '', extension = ''] = NUMBERED.exec(thumbnails[0] ?? '') ?? [];
  const digits = number.length;
  const isNumbered = thumbnails.every(
    (name, index) => name === `${folder}/${String(index).padStart(digits, '0')}${extension}`,
  );
  if (!isNumbered) return thumbnails.map((name) => links.file(video_id, name));
  const { before, after } = links.folder(video_id, folder);
  return { before, digits, after: `${extension}${after}` };
}

/** The answer of `/local/map`, in pieces. `getVideo` tells what is known of a video. */
export function toMapAnswer(
  { count, videos }: MapSegments,
  places: Places,
  { links, getVideo }: { links: UrlBuilder; getVideo: (videoId: string) => MapVideo },
): Uint8Array[] {
  const columns = {
    x: new Float32Array(count),
    y: new Float32Array(count),
    startMs: new Uint32Array(count),
    endMs: new Uint32Array(count),
    text: new Uint32Array(count),
  };
  const numbers = new Map<string, number>();
  let at = 0;
  for (const { starts, ends, captions } of videos) {
    for (const [index, caption] of captions.entries()) {
      const number = numbers.get(caption) ?? numbers.size;
      if (number === numbers.size) numbers.set(caption, number);
      columns.x[at] = places[at * 2] ?? 0.5;
      columns.y[at] = places[at * 2 + 1] ?? 0.5;
      columns.startMs[at] = toMilliseconds(starts[index] ?? 0);
      columns.endMs[at] = toMilliseconds(ends[index] ?? 0);
      columns.text[at] = number;
      at += 1;
    }
  }
  return encodeMap(
    {
      videos: videos.map((video) => ({
        video_id: video.video_id,
        ...getVideo(video.video_id),
        count: video.segmentIds.length,
        thumbnails: getThumbnails(links, video),
      })),
      texts: [...numbers.keys()],
    },
    columns,
  );
}
