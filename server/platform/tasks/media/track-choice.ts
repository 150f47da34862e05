import { avGetCodecName, Codec, Decoder, type Demuxer, type Stream } from 'node-av';
import {
  AV_DISPOSITION_ATTACHED_PIC,
  AV_DISPOSITION_DEFAULT,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
} from 'node-av/constants';
import { type AudioTrack, UnreadableMediaError } from '../protocol.ts';
import { openInput } from './input.ts';
import { getTrackLabel } from './track-label.ts';

/** The one decision about tracks: which picture and which audio of a file are taken. */

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

/** More audio tracks than this are not kept: each is encoded. */
const MAX_AUDIO_TRACKS = 8;

export interface SourceAudioTrack extends AudioTrack {
  /** Of its stream in the file. */
  readonly index: number;
  /** Whether FFmpeg knows its codec. */
  readonly isSupported: boolean;
}

export interface AudioChoice {
  /** Those that can be decoded, the one to be played first; empty for silence. */
  readonly tracks: readonly SourceAudioTrack[];
  /** What could not be taken, as sentences. */
  readonly warnings: readonly string[];
}

/** Whether at least one frame of a stream can be decoded. */
async function canDecode(path: string, index: number): Promise<boolean> {
  const input = await openInput(path);
  try {
    const stream = input.streams[index];
    if (!stream) return false;
    using decoder = await Decoder.create(stream, { exitOnError: false });
    for (const frame of decoder.framesSync(input.packetsSync(index))) {
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

function describeAudio(stream: Stream): SourceAudioTrack {
  const { codecId, sampleRate, channels } = stream.codecpar;
  return {
    index: stream.index,
    codec: avGetCodecName(codecId) ?? 'unknown',
    isSupported: Codec.findDecoder(codecId) !== null,
    sampleRate,
    channels,
    ...getTrackLabel(stream),
  };
}

function getAudioWarnings(tracks: readonly SourceAudioTrack[], decodable: readonly SourceAudioTrack[]): string[] {
  const [main] = tracks;
  if (!main) return [];
  if (decodable.length === 0) {
    return [
      tracks.some(({ isSupported }) => isSupported)
        ? 'There is no sound: its track is empty or damaged.'
        : `There is no sound: its codec (${main.codec}) is not supported.`,
    ];
  }
  const warnings: string[] = [];
  if (!decodable.includes(main)) warnings.push('The main audio track cannot be decoded; another one is played.');
  else if (decodable.length < Math.min(tracks.length, MAX_AUDIO_TRACKS))
    warnings.push(
      `${Math.min(tracks.length, MAX_AUDIO_TRACKS) - decodable.length} of ${tracks.length} audio tracks cannot be decoded.`,
    );
  if (tracks.length > MAX_AUDIO_TRACKS)
    warnings.push(`Only the first ${MAX_AUDIO_TRACKS} of ${tracks.length} audio tracks are kept.`);
  return warnings;
}

/** The audio tracks that can be decoded, the default one first. */
export async function chooseAudio(path: string): Promise<AudioChoice> {
  const input = await openInput(path);
  const tracks = input.streams
    .filter(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_AUDIO)
    .sort((a, b) => Number(has(b, AV_DISPOSITION_DEFAULT)) - Number(has(a, AV_DISPOSITION_DEFAULT)))
    .map(describeAudio);
  await input.close();
  const decodable: SourceAudioTrack[] = [];
  for (const track of tracks.slice(0, MAX_AUDIO_TRACKS)) {
    if (await canDecode(path, track.index)) decodable.push(track);
  }
  return { tracks: decodable, warnings: getAudioWarnings(tracks, decodable) };
}
