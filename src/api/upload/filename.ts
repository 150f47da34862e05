/** The name to send a file under: the given one, that of a `File`, or for a `Blob` without one the video's. */
export function getFilename(file: Blob, { filename, name }: { filename?: string; name: string }): string {
  if (filename) return filename;
  return ('name' in file && typeof file.name === 'string' && file.name) || name;
}

const BY_EXTENSION: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  mkv: 'video/x-matroska',
  webm: 'video/webm',
  avi: 'video/x-msvideo',
  mpg: 'video/mpeg',
  mpeg: 'video/mpeg',
  ts: 'video/mp2t',
  mts: 'video/mp2t',
  wmv: 'video/x-ms-wmv',
  flv: 'video/x-flv',
  '3gp': 'video/3gpp',
  ogv: 'video/ogg',
};

/** The content type that a file's extension promises; `application/octet-stream` when it promises nothing. */
export function guessContentType(filename: string): string {
  const extension = filename.split('.').pop()?.toLowerCase() ?? '';
  return BY_EXTENSION[extension] ?? 'application/octet-stream';
}

/** Extensions that the picker offers. */
export const VIDEO_EXTENSIONS: readonly string[] = Object.keys(BY_EXTENSION).map((extension) => `.${extension}`);
