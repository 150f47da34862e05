import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { MapHeader, Thumbnails } from '#api/contracts/map.ts';
import { encodeMap, replaceVideos } from '#api/map-format.ts';
import { toMilliseconds } from '#lib/time.ts';
import type { Platform } from '../../context.ts';
import type { UrlBuilder } from '../../http/url-builder.ts';
import { LAYOUT } from './extend-layout.ts';
import type { MapSegments } from './map-segments.ts';
import type { Places } from './projection-service.ts';

/** Raised when the same segments make another answer than before. */
const ANSWER_VERSION = 1;

/**
 * Names all that the map of some videos is made of but their segments, which it stands for: segments change with what these
 * stages publish and with nothing else. Reads two rows for each video.
 */
export async function getFingerprint({ readDb, embedders }: Platform, videoIds: readonly string[]): Promise<string> {
  const { rows } = await sql<{ published: string | null }>`
    select string_agg(concat_ws(' ', video_id, stage, published_at), ',' order by video_id, stage) as published
    from stages where video_id = any(${[...videoIds]}::uuid[]) and stage in ('observe', 'search')`.execute(readDb);
  return createHash('sha256')
    .update(`${ANSWER_VERSION} ${LAYOUT} ${await embedders.getServingName()} ${rows[0]?.published}`)
    .digest('hex');
}

/** A file name that is a number with leading zeros and an extension, and the folder it is in. */
const NUMBERED = /^(.+\/)(\d+)(\.\w+)$/;

/** Pictures by their number, where they are numbered as analysis does it: by the position of the segment. */
function getThumbnails(names: readonly string[]): Thumbnails {
  const [, before = '', number = '', after = ''] = NUMBERED.exec(names[0] ?? '') ?? [];
  const digits = number.length;
  const isNumbered = names.every((name, index) => name === `${before}${String(index).padStart(digits, '0')}${after}`);
  return isNumbered ? { before, digits, after } : [...names];
}

/** The answer of `/local/map` without what differs from one request to the next: addresses, colors and their order. Can be kept. */
export function toPlainAnswer({ count, videos }: MapSegments, places: Places): Buffer {
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
  const header = {
    videos: videos.map(({ video_id, segmentIds, thumbnails }) => ({
      video_id,
      color: '',
      position: 0,
      hls_playlist_url: null,
      count: segmentIds.length,
      thumbnails: getThumbnails(thumbnails),
    })),
    texts: [...numbers.keys()],
  };
  return Buffer.concat(encodeMap(header, columns));
}

type MapVideo = MapHeader['videos'][number];

/** Signed addresses of a video's pictures: one signature for all that are in a folder. */
function signThumbnails(links: UrlBuilder, { video_id, thumbnails }: MapVideo): Thumbnails {
  if (!('before' in thumbnails)) return thumbnails.map((name) => links.file(video_id, name));
  const { before, after } = links.folder(video_id, thumbnails.before);
  return { before, digits: thumbnails.digits, after: `${thumbnails.after}${after}` };
}

/** The answer for a request, in pieces. `getVideo` tells what is known of a video. */
export const toMapAnswer = (
  plain: Buffer,
  links: UrlBuilder,
  getVideo: (videoId: string) => Pick<MapVideo, 'color' | 'position' | 'hls_playlist_url'>,
): Uint8Array[] =>
  // A copy, whose memory begins where the answer does.
  replaceVideos(new Uint8Array(plain).buffer, (video) => ({
    ...video,
    ...getVideo(video.video_id),
    thumbnails: signThumbnails(links, video),
  }));
