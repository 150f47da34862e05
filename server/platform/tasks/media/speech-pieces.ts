import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Decoder, FilterAPI } from 'node-av';
import { AVMEDIA_TYPE_AUDIO } from 'node-av/constants';
import type { SpeechPiece } from '../protocol.ts';
import { createYielder, readFrames } from './decode.ts';
import { openInput } from './input.ts';
import { createPieceCutter, SAMPLE_RATE } from './piece-cutter.ts';

const HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;

/** Samples as a WAV file: mono, 16 bits. */
export function toWav(samples: Int16Array): Buffer {
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('RIFF', 0);
  header.writeUInt32LE(HEADER_BYTES - 8 + data.length, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * BYTES_PER_SAMPLE, 28);
  header.writeUInt16LE(BYTES_PER_SAMPLE, 32);
  header.writeUInt16LE(BYTES_PER_SAMPLE * 8, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.length, 40);
  return Buffer.concat([header, data]);
}

/**
 * Writes the sound of a rendition's first audio track as WAV files of at most ten minutes, as speech recognition takes it, without
 * the silence between them. Times are those of the video.
 */
export async function writeSpeechPieces(
  { input: file, outputDir }: { input: string; outputDir: string },
  onProgress: (fraction: number) => void,
): Promise<SpeechPiece[]> {
  const input = await openInput(file);
  const pieces: SpeechPiece[] = [];
  try {
    const stream = input.streams.find(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_AUDIO);
    if (!stream) return [];
    const { duration } = input;
    using decoder = await Decoder.create(stream);
    using filter = FilterAPI.create(
      `aresample=${SAMPLE_RATE}:first_pts=0,aformat=sample_fmts=s16:channel_layouts=mono`,
    );
    const yieldNow = createYielder();
    const write = async ({ start, samples }: { start: number; samples: Int16Array }) => {
      const target = path.join(outputDir, `speech${pieces.length}.wav`);
      await writeFile(target, toWav(samples));
      pieces.push({ file: target, start, seconds: samples.length / SAMPLE_RATE });
    };
    const cutter = createPieceCutter();
    let read = 0;
    for (const frame of readFrames(input, decoder, filter)) {
      const bytes = frame.data?.[0]?.subarray(0, frame.nbSamples * BYTES_PER_SAMPLE);
      const samples = new Int16Array(Uint8Array.from(bytes ?? []).buffer);
      frame.free();
      for (const piece of cutter.push(samples)) await write(piece);
      read += samples.length;
      if (duration > 0) onProgress(Math.min(1, read / SAMPLE_RATE / duration));
      await yieldNow();
    }
    for (const piece of cutter.end()) await write(piece);
    return pieces;
  } finally {
    await input.close();
  }
}
