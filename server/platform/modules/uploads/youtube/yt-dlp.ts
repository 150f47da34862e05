import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** yt-dlp, where it is installed: asks about a video and fetches it. It never sees the server's environment. */

const ASK_LIMIT_MS = 45_000;
const FETCH_LIMIT_MS = 2 * 3_600_000;
const MAX_SECONDS = 4 * 3600;
const MAX_SIZE = '4G';
const MAX_OUTPUT_BYTES = 20 * 1024 * 1024;
/** Reads no configuration or plugin, keeps nothing, and fetches one video from YouTube and from nowhere else. */
const CONFINED = [
  '--ignore-config',
  '--no-config-locations',
  '--no-plugin-dirs',
  '--no-cache-dir',
  '--no-playlist',
  '--no-warnings',
  '--use-extractors',
  'youtube',
  '--socket-timeout',
  '15',
];

/** What yt-dlp complains about, as the API's codes. */
const COMPLAINTS: readonly (readonly [RegExp, string])[] = [
  [/private video/i, 'YOUTUBE_VIDEO_PRIVATE'],
  [/confirm your age|age.restricted|inappropriate for some users/i, 'YOUTUBE_VIDEO_AGE_RESTRICTED'],
  [/country|geo.restrict/i, 'YOUTUBE_VIDEO_GEO_RESTRICTED'],
  [/live event|premieres in|is live/i, 'YOUTUBE_VIDEO_LIVE'],
  [/unavailable|not available|removed|terminated/i, 'YOUTUBE_VIDEO_UNAVAILABLE'],
];

const infoSchema = z.looseObject({
  title: z.string().default('YouTube video'),
  duration: z.number().nullish(),
  is_live: z.boolean().nullish(),
});

/** Refused, with the API's short code. */
export class YoutubeRefusal extends Error {
  override name = 'YoutubeRefusal';
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** Where yt-dlp is on the PATH; null when it is not installed. */
export async function findYtDlp(searchPath = process.env.PATH ?? ''): Promise<string | null> {
  for (const folder of searchPath.split(path.delimiter).filter(Boolean)) {
    const candidate = path.join(folder, 'yt-dlp');
    const runs = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return candidate;
  }
  return null;
}

function run(program: string, args: readonly string[], limitMs: number, signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...CONFINED, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH },
      timeout: limitMs,
      signal,
      killSignal: 'SIGKILL',
    });
    let output = '';
    let complaint = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.length > MAX_OUTPUT_BYTES) child.kill('SIGKILL');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint = (complaint + text).slice(-4000);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(output);
      else
        reject(new YoutubeRefusal(COMPLAINTS.find(([words]) => words.test(complaint))?.[1] ?? 'YOUTUBE_IMPORT_FAILED'));
    });
  });
}

/** A video's title, if it may be imported. Throws `YoutubeRefusal` when it may not. */
export async function getTitle(program: string, url: string): Promise<string> {
  const text = await run(program, ['--skip-download', '--dump-single-json', '--', url], ASK_LIMIT_MS);
  const info = infoSchema.parse(JSON.parse(text));
  if (info.is_live) throw new YoutubeRefusal('YOUTUBE_VIDEO_LIVE');
  if ((info.duration ?? 0) > MAX_SECONDS) throw new YoutubeRefusal('YOUTUBE_VIDEO_TOO_LONG');
  return info.title;
}

/** Fetches a video into `file`: the best single file that holds picture and sound, since nothing here may join two. */
export async function fetchVideo(program: string, url: string, file: string, signal: AbortSignal): Promise<void> {
  await run(
    program,
    ['--max-filesize', MAX_SIZE, '--no-part', '-f', 'b', '-o', file, '--', url],
    FETCH_LIMIT_MS,
    signal,
  );
}
