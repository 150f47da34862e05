/** The name to send a file under: the given one, that of a `File`, or for a `Blob` without one the video's. */
export function getFilename(file: Blob, { filename, name }: { filename?: string; name: string }): string {
  if (filename) return filename;
  return ('name' in file && typeof file.name === 'string' && file.name) || name;
}
