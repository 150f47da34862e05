import { fetchLocal } from '#shared/platform/client.ts';

/** Endings of subtitle files that the embedded platform reads. */
export const SUBTITLE_EXTENSIONS = ['.srt', '.vtt', '.ass', '.ssa'] as const;

export const isSubtitleFile = ({ name }: { readonly name: string }): boolean =>
  SUBTITLE_EXTENSIONS.some((extension) => name.toLowerCase().endsWith(extension));

/** "clip.en.srt" is of "clip": a name without its extension, and without the language before it. */
const LANGUAGE = /\.[a-z]{2,3}(?:-[a-z0-9]{2,8})?$/i;
const toStem = (name: string) => name.replace(/\.[^.]+$/, '').toLowerCase();

/** Whether subtitles go with a video, by the names of their files. */
export function belongsTo(subtitleName: string, videoName: string): boolean {
  const [stem, video] = [toStem(subtitleName), toStem(videoName)];
  return stem === video || stem.replace(LANGUAGE, '') === video;
}

/** Adds a subtitle file to a video on the embedded platform; its name says its language ("clip.en.srt"). */
export const addSubtitleFile = (videoId: string, file: File, signal?: AbortSignal): Promise<Response> =>
  fetchLocal(`/local/videos/${encodeURIComponent(videoId)}/subtitles?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    body: file,
    headers: { 'content-type': 'text/plain' },
    ...(signal ? { signal } : {}),
  });
