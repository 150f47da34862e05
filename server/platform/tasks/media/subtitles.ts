import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { avGetCodecName, type Demuxer, type Stream } from 'node-av';
import { AVMEDIA_TYPE_SUBTITLE } from 'node-av/constants';
import type { SubtitleTrack } from '../protocol.ts';
import { openInput } from './input.ts';
import { escapeText, MATROSKA_ASS_FIELDS, toAssText, toMarkup } from './subtitle-markup.ts';
import { getOrigin } from './timeline.ts';
import { getTrackLabel } from './track-label.ts';
import { type Cue, formatWebVtt } from './web-vtt.ts';

const MAX_TRACKS = 32;
/** A cue whose end the file does not tell lasts this long, in seconds, or until the next one. */
const DEFAULT_CUE_SECONDS = 4;

/** 3GPP timed text: a length of two bytes, the text, then boxes with styles (3GPP TS 26.245). */
export function parseTimedText(data: Buffer): string {
  if (data.length < 2) return '';
  const bytes = data.subarray(2, 2 + data.readUInt16BE(0));
  if (bytes.length >= 2 && bytes.readUInt16BE(0) === 0xfeff)
    return escapeText(new TextDecoder('utf-16be').decode(bytes));
  return escapeText(bytes.toString('utf8'));
}

/** How the packets of each text codec become WebVTT. Others are pictures, or unknown to FFmpeg. */
const PARSERS: Readonly<Record<string, (data: Buffer) => string>> = {
  subrip: (data) => toMarkup(data.toString('utf8')),
  text: (data) => escapeText(data.toString('utf8')),
  webvtt: (data) => data.toString('utf8'),
  mov_text: parseTimedText,
  ass: (data) => escapeText(toAssText(data.toString('utf8'), MATROSKA_ASS_FIELDS)),
};

const getCodec = ({ codecpar }: Stream) => avGetCodecName(codecpar.codecId) ?? 'unknown';

interface OpenTrack {
  readonly stream: Stream;
  readonly parse: (data: Buffer) => string;
  readonly cues: Cue[];
}

async function readCues(input: Demuxer, tracks: readonly OpenTrack[]): Promise<void> {
  const origin = getOrigin(input);
  const byIndex = new Map(tracks.map((track) => [track.stream.index, track]));
  for (const packet of input.packetsSync()) {
    if (!packet) break;
    const track = byIndex.get(packet.streamIndex);
    if (track) {
      const { num, den } = track.stream.timeBase;
      const start = Math.max(0, (Number(packet.pts) * num) / den - origin);
      const seconds = (Number(packet.duration) * num) / den;
      const previous = track.cues.at(-1);
      if (previous && previous.end === null) track.cues[track.cues.length - 1] = { ...previous, end: start };
      // A packet without text ends the one before.
      const text = track.parse(Buffer.from(packet.data ?? [])).trim();
      if (text !== '') track.cues.push({ start, end: seconds > 0 ? start + seconds : null, text });
    }
    packet.free();
  }
}

export interface Subtitles {
  readonly tracks: SubtitleTrack[];
  readonly warnings: string[];
}

/** Writes each subtitle track that is text as WebVTT on the video's timeline ("subtitles0.vtt", …) into a folder. */
export async function extractSubtitles(file: string, outputDir: string): Promise<Subtitles> {
  const input = await openInput(file);
  try {
    const streams = input.streams.filter(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_SUBTITLE);
    const open: OpenTrack[] = streams.slice(0, MAX_TRACKS).flatMap((stream) => {
      const parse = PARSERS[getCodec(stream)];
      return parse ? [{ stream, parse, cues: [] }] : [];
    });
    const dropped = streams.filter((stream) => PARSERS[getCodec(stream)] === undefined).map(getCodec);
    const warnings = [...new Set(dropped)].map(
      (codec) => `Subtitles of the kind ${codec} cannot be shown: they are not text.`,
    );
    if (open.length > 0) await readCues(input, open);
    const tracks: SubtitleTrack[] = [];
    for (const { stream, cues } of open) {
      if (cues.length === 0) continue;
      const target = path.join(outputDir, `subtitles${tracks.length}.vtt`);
      await writeFile(target, formatWebVtt(cues, DEFAULT_CUE_SECONDS));
      tracks.push({ file: target, ...getTrackLabel(stream) });
    }
    return { tracks, warnings };
  } finally {
    await input.close();
  }
}
