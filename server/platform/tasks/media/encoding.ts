import type { Decoder, Demuxer, Encoder, FilterAPI, Muxer, Packet } from 'node-av';
import { createYielder } from './decode.ts';
import { type ShotFinder, watchShots } from './shot-finder.ts';

/** What was written of one stream, in seconds. */
export interface Written {
  packets: number;
  end: number;
  /** Starts of the second packet (the first one may have been moved to 0) and of the last. */
  second: number;
  last: number;
}

/** Takes the packets of one stream of a source, and writes what becomes of them. */
export interface StreamWriter {
  /** Index of the stream in the source. */
  readonly source: number;
  readonly written: Written;
  /** Null ends the stream. */
  push(packet: Packet | null): void;
  close(): void;
}

interface EncodingParts {
  /** Index of the stream in the source. */
  readonly source: number;
  readonly decoder: Decoder;
  readonly filter: FilterAPI;
  readonly encoder: Encoder;
  readonly output: Muxer;
  /** Gets the frames before they are encoded. */
  readonly shots?: ShotFinder;
}

/** One stream on its way from a source into an output. */
export class Encoding implements StreamWriter {
  readonly source: number;
  /** Index of the stream in the output. */
  readonly index: number;
  readonly written: Written = { packets: 0, end: 0, second: 0, last: 0 };
  readonly #parts: EncodingParts;

  constructor(parts: EncodingParts) {
    this.#parts = parts;
    this.source = parts.source;
    this.index = parts.output.addStream(parts.encoder);
  }

  /** Encodes a packet of the source and writes what comes of it; null ends the stream. */
  push(packet: Packet | null): void {
    const { decoder, filter, encoder, output, shots } = this.#parts;
    const { written } = this;
    const frames = filter.framesSync(decoder.framesSync(packet));
    for (const encoded of encoder.packetsSync(shots ? watchShots(frames, shots) : frames)) {
      if (!encoded) continue;
      const { num, den } = encoded.timeBase;
      const time = (Number(encoded.pts) * num) / den;
      written.packets += 1;
      if (written.packets === 2) written.second = time;
      written.last = Math.max(written.last, time);
      written.end = Math.max(written.end, time + (Number(encoded.duration) * num) / den);
      output.writePacketSync(encoded, this.index);
      encoded.free();
    }
    if (packet === null) output.writePacketSync(null, this.index);
  }

  /** In this order: they refer to one another. */
  close(): void {
    const { decoder, filter, encoder } = this.#parts;
    encoder.close();
    filter.close();
    decoder.close();
  }
}

/** Reads a source to its end, once, and hands its packets to the writers of their streams. */
export async function writeStreams(
  input: Demuxer,
  writers: readonly StreamWriter[],
  onPacket: () => void,
): Promise<void> {
  const yieldNow = createYielder();
  const bySource = new Map(writers.map((writer) => [writer.source, writer]));
  for (const packet of input.packetsSync()) {
    if (!packet) break;
    bySource.get(packet.streamIndex)?.push(packet);
    packet.free();
    onPacket();
    await yieldNow();
  }
  for (const writer of writers) writer.push(null);
}
