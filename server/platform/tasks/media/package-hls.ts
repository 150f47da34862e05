import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Demuxer, Stream } from 'node-av';
import { AVMEDIA_TYPE_AUDIO } from 'node-av/constants';
import type { HlsContent, Packaged } from '../protocol.ts';
import { COPY_FLAGS } from './copy-video.ts';
import { getAverageRate, openInput, videoStream } from './input.ts';
import { formatMasterPlaylist, formatSubtitlePlaylist, type MediaEntry, type VariantEntry } from './master-playlist.ts';
import { openOutput } from './output.ts';
import { scrub } from './scrub.ts';

const SEGMENT_SECONDS = 2;
const SUBTITLES_FILE = 'subtitles.vtt';
const SCRUB_FILE = 'scrub.jpg';
const NO_LABEL = { language: null, title: null };
/** AAC-LC, the only audio codec that is encoded here. */
const AUDIO_CODEC = 'mp4a.40.2';

const isAudio = ({ codecpar }: Stream) => codecpar.codecType === AVMEDIA_TYPE_AUDIO;

/** Copies streams of a file into fMP4 segments beside an `index.m3u8`; they start at keyframes, so each can be decoded alone. */
async function writeSegments(file: string, folder: string, isWanted: (stream: Stream) => boolean): Promise<void> {
  await mkdir(folder, { recursive: true });
  const input = await openInput(file);
  const output = await openOutput(path.join(folder, 'index.m3u8'), {
    format: 'hls',
    options: {
      hls_time: SEGMENT_SECONDS,
      hls_list_size: 0,
      hls_playlist_type: 'vod',
      hls_segment_type: 'fmp4',
      hls_fmp4_init_filename: 'init.mp4',
      hls_segment_filename: path.join(folder, 'part%05d.m4s'),
      hls_flags: 'independent_segments',
      // Sound starts a little before zero; moving all of it to zero would move the picture along.
      avoid_negative_ts: 'disabled',
      hls_segment_options: `movflags=${COPY_FLAGS}`,
    },
  });
  try {
    const copies = new Map(input.streams.filter(isWanted).map((stream) => [stream.index, output.addStream(stream)]));
    for (const packet of input.packetsSync()) {
      if (!packet) break;
      const index = copies.get(packet.streamIndex);
      if (index !== undefined) output.writePacketSync(packet, index);
      packet.free();
    }
  } finally {
    await output.close();
    await input.close();
  }
}

async function readHeader<Facts>(file: string, read: (input: Demuxer) => Facts): Promise<Facts> {
  const input = await openInput(file);
  const facts = read(input);
  await input.close();
  return facts;
}

/** The codec of an H.264 stream as RFC 6381 writes it, from the profile and level in its configuration record. */
function getVideoCodecs({ codecpar }: Stream): string[] {
  return codecpar.extradata ? [`avc1.${codecpar.extradata.subarray(1, 4).toString('hex')}`] : [];
}

async function writeSubtitles({ subtitleTracks, duration }: HlsContent, outputDir: string): Promise<MediaEntry[]> {
  const entries: MediaEntry[] = [];
  for (const [index, label] of subtitleTracks.entries()) {
    const folder = path.join(outputDir, `subtitles${index}`);
    await mkdir(folder, { recursive: true });
    await copyFile(label.file, path.join(folder, SUBTITLES_FILE));
    await writeFile(path.join(folder, 'index.m3u8'), formatSubtitlePlaylist(SUBTITLES_FILE, duration));
    entries.push({ label, uri: `subtitles${index}/index.m3u8` });
  }
  return entries;
}

/** The strip is decoration: a video whose strip cannot be made plays all the same. */
async function writeScrub(input: string, outputDir: string): Promise<string | null> {
  try {
    await scrub({ input, output: path.join(outputDir, SCRUB_FILE) });
    return SCRUB_FILE;
  } catch {
    return null;
  }
}

/**
 * Packages renditions as fMP4 HLS without encoding again: a folder for each, and a `master.m3u8` above them. A single audio
 * track is in the same segments as the picture; of several, each is a rendition of its own, as subtitles are.
 */
export async function packageHls(
  { outputDir, ...content }: HlsContent & { outputDir: string },
  onProgress: (fraction: number) => void,
): Promise<Packaged> {
  const { renditions, audioTracks } = content;
  const [main] = renditions;
  const streams = main
    ? await readHeader(main.file, (input) => input.streams.filter(isAudio).map(({ index }) => index))
    : [];
  const hasChoice = streams.length > 1;
  const audio: MediaEntry[] = [];
  if (main && hasChoice) {
    for (const [index, stream] of streams.entries()) {
      await writeSegments(main.file, path.join(outputDir, `audio${index}`), (candidate) => candidate.index === stream);
      audio.push({ label: audioTracks[index] ?? NO_LABEL, uri: `audio${index}/index.m3u8` });
    }
  }
  const subtitles = await writeSubtitles(content, outputDir);
  const variants: VariantEntry[] = [];
  for (const { file, width, height, bandwidth } of renditions) {
    await writeSegments(file, path.join(outputDir, `${height}p`), (stream) => !hasChoice || !isAudio(stream));
    const { frameRate, codecs } = await readHeader(file, (input) => ({
      frameRate: getAverageRate(videoStream(input)),
      codecs: getVideoCodecs(videoStream(input)),
    }));
    if (streams.length > 0) codecs.push(AUDIO_CODEC);
    variants.push({ uri: `${height}p/index.m3u8`, bandwidth, width, height, frameRate, codecs });
    onProgress(variants.length / renditions.length);
  }
  await writeFile(path.join(outputDir, 'master.m3u8'), formatMasterPlaylist({ audio, subtitles, variants }));
  return { playlist: 'master.m3u8', scrub: main ? await writeScrub(main.file, outputDir) : null };
}
