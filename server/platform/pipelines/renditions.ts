import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Layout } from '../objects/layout.ts';

/** The file names of a video's mp4 renditions, largest picture first. */
export async function renditionNames(layout: Layout, videoId: string): Promise<string[]> {
  const names = await readdir(layout.renditions(videoId)).catch(() => []);
  const height = (name: string) => Number.parseInt(name, 10);
  return names.filter((name) => /^\d+p\.mp4$/.test(name)).sort((a, b) => height(b) - height(a));
}

/** The largest rendition's path, or null before transcoding is done. */
export async function mainRendition(layout: Layout, videoId: string): Promise<string | null> {
  const [name] = await renditionNames(layout, videoId);
  return name ? path.join(layout.renditions(videoId), name) : null;
}
