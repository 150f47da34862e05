import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import './node-av-polyfills.ts';
import type { Demuxer, Packet } from 'node-av';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SAMPLES } from './sample-catalog.ts';

const { makeSample } = await import('./make-sample.ts');
const { openInput } = await import('./input.ts');
const { openOutput } = await import('./output.ts');

/** Enough for the header to be written among them; without the fix, three of four paces lose some. */
const PACKETS = 60;
const PACES = 12;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'output-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function readPackets(input: Demuxer): Promise<Packet[]> {
  const packets: Packet[] = [];
  for await (const packet of input.packets()) {
    const own = packet?.clone();
    if (own) packets.push(own);
  }
  return packets;
}

test('no packet is lost, at whatever pace sound and picture come while the header is written', async () => {
  const [sample] = SAMPLES;
  if (!sample) throw new Error('There is no sample.');
  const source = path.join(folder, 'source.mp4');
  await makeSample({ sample, output: source });
  const input = await openInput(source);
  const packets = (await readPackets(input)).slice(0, PACKETS);
  for (let pace = 0; pace < PACES; pace += 1) {
    const copy = path.join(folder, `${pace}.mp4`);
    const output = await openOutput(copy, { input });
    const targets = input.streams.map((stream) => ({ stream, target: output.addStream(stream) }));
    const writers = targets.map(async ({ stream, target }, index) => {
      for (const packet of packets.filter((one) => one.streamIndex === stream.index)) {
        for (let turn = 0; turn < (pace + index) % 4; turn += 1) await setImmediate();
        await output.writePacket(packet, target);
      }
    });
    await Promise.all(writers);
    await output.close();
    const copied = await openInput(copy);
    expect(await readPackets(copied)).toHaveLength(PACKETS);
    await copied.close();
  }
  await input.close();
});
