import { avGetCodecName, Codec, Decoder, type Demuxer, type Stream } from 'node-av';
import {
  AV_DISPOSITION_ATTACHED_PIC,
  AV_DISPOSITION_DEFAULT,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants';
import { UnreadableMediaError } from '../tasks/protocol.ts';
import { openInput } from './input.ts';

/** The one decision about tracks: which picture and which sound of a file are taken. */

const has = (stream: Stream, flag: number) => (stream.disposition & flag) !== 0;
const getArea = ({ codecpar }: Stream) => codecpar.width * codecpar.height;

/** The default picture, else the largest; cover art does not count. Throws `UnreadableMediaError` when there is none. */
export function chooseVideo(input: Demuxer): Stream {
  const [best] = input.streams
    .filter(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_VIDEO && codecpar.width > 0 && codecpar.height > 0)
    .filter((stream) => !has(stream, AV_DISPOSITION_ATTACHED_PIC))
    .sort(
      (a, b) =>
        Number(has(b, AV_DISPOSITION_DEFAULT)) - Number(has(a, AV_DISPOSITION_DEFAULT)) || getArea(b) - getArea(a),
    );
  if (!best)
    throw new UnreadableMediaError('This file has no picture: only files with a video track can be processed.');
  return best;
}

export interface SoundChoice {
  /** Index of the chosen stream; null for silence. */
  readonly index: number | null;
  /** What is to be said of it, as sentences. */
  readonly warnings: readonly string[];
}

/** Whether at least one frame of a stream can be decoded. */
async function canDecode(path: string, index: number): Promise<boolean> {
  const input = await openInput(path);
  try {
    const stream = input.streams[index];
    if (!stream) return false;
    using decoder = await Decoder.create(stream, { exitOnError: false });
    for await (const frame of decoder.frames(input.packets(index))) {
      if (!frame) continue;
      frame.free();
      return true;
    }
    return false;
  } catch {
    return false;
  } finally {
    await input.close();
  }
}

/** The default sound that can be decoded, else the first one that can; silence when none can. */
export async function chooseSound(path: string): Promise<SoundChoice> {
  const input = await openInput(path);
  const tracks = input.streams
    .filter(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_AUDIO)
    .sort((a, b) => Number(has(b, AV_DISPOSITION_DEFAULT)) - Number(has(a, AV_DISPOSITION_DEFAULT)))
    .map(({ index, codecpar: { codecId } }) => ({
      index,
      codec: avGetCodecName(codecId) ?? 'unknown',
      isSupported: Codec.findDecoder(codecId) !== null,
    }));
  await input.close();
  for (const [rank, { index }] of tracks.entries()) {
    if (!(await canDecode(path, index))) continue;
    const warnings = rank === 0 ? [] : ['The main sound track cannot be decoded; another one is played.'];
    return { index, warnings };
  }
  const [first] = tracks;
  if (!first) return { index: null, warnings: [] };
  const warning = first.isSupported
    ? 'There is no sound: its track is empty or damaged.'
    : `There is no sound: its codec (${first.codec}) is not supported.`;
  return { index: null, warnings: [warning] };
}
