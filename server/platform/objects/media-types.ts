import path from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.mp4': 'video/mp4',
  '.m4s': 'video/mp4',
  '.vtt': 'text/vtt; charset=utf-8',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
};

/** The media type of an object that the platform made, by its name. */
export const getMediaType = (key: string) => TYPES[path.extname(key)] ?? 'application/octet-stream';
