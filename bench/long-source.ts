import '../server/platform/tasks/media/node-av-polyfills.ts';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FF_ENCODER_LIBX264 } from 'node-av/constants';
import { makeFormat } from '../e2e/clips/make-format.ts';
import { openOutput } from '../server/platform/tasks/media/output.ts';
import { record } from './record.ts';

/**
 * A long 720p source through the transcode task, in a process of its own as on the platform: memory at its highest, time per
 * second of video for a short and a long source, and the `ffmpeg` program beside it (`FFMPEG` names it, else the one in
 * PATH; without any, there is no ratio). Usage: `long-source.ts MINUTES`.
 */
const MINUTES = Number(process.argv[2] ?? 10);
const SHORT_MINUTES = 1;
const PROGRAM = process.env.FFMPEG ?? 'ffmpeg';

const folder = await mkdtemp(path.join(tmpdir(), 'long-source-'));

/** The same minute again and again, copied without encoding. */
async function makeSource(minutes: number): Promise<string> {
  const { Demuxer } = await import('node-av');
  const minute = await makeFormat({
    file: 'minute.mp4',
    codec: FF_ENCODER_LIBX264,
    pixels: 'scale=1280:720,format=yuv420p',
    frames: 60 * 25,
    options: { preset: 'veryfast', crf: '28' },
  });
  const file = path.join(folder, `${minutes}.mp4`);
  const first = await Demuxer.open(minute);
  const output = await openOutput(file, { input: first });
  const stream = first.video();
  if (!stream) throw new Error('The clip has no picture.');
  const index = output.addStream(stream);
  const ticks = BigInt(Math.round((60 * stream.timeBase.den) / stream.timeBase.num));
  for (let pass = 0; pass < minutes; pass += 1) {
    const input = pass === 0 ? first : await Demuxer.open(minute);
    for (const packet of input.packetsSync(stream.index)) {
      if (!packet) break;
      packet.pts += ticks * BigInt(pass);
      packet.dts += ticks * BigInt(pass);
      output.writePacketSync(packet, index);
      packet.free();
    }
    if (pass > 0) await input.close();
  }
  await output.close();
  await first.close();
  await rm(minute);
  return file;
}

interface Run {
  readonly seconds: number;
  /** MB. */
  readonly memory: number;
}

/** Runs a program to its end and watches its memory. Null when there is no such program. */
async function run(program: string, args: readonly string[]): Promise<Run | null> {
  const before = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  let memory = 0;
  const timer = setInterval(async () => {
    const text = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    memory = Math.max(memory, Number(/VmHWM:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1024);
  }, 200);
  const code = await new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', () => resolve(null));
  });
  clearInterval(timer);
  if (code === null) return null;
  if (code !== 0) throw new Error(`${program} ended with ${code}.`);
  return { seconds: (performance.now() - before) / 1000, memory };
}

const TRANSCODE = `
import './server/platform/tasks/media/node-av-polyfills.ts';
const { transcode } = await import('./server/platform/tasks/media/transcode.ts');
await transcode({ input: process.argv[1], outputDir: process.argv[2] }, () => undefined);
process.exit(0);`;

async function transcodeAlone(source: string): Promise<Run> {
  const args = ['--import', 'tsx', '--input-type=module', '-e', TRANSCODE, source, path.join(folder, 'out')];
  const result = await run(process.execPath, args);
  if (!result) throw new Error('The task could not be started.');
  return result;
}

/** The same work by the program: preset, keyframes, no B-frames, an index at the front. */
function encodeWithProgram(source: string): Promise<Run | null> {
  const x264 = 'keyint=50:min-keyint=50:scenecut=0:open-gop=0:bframes=0';
  const video = ['-vf', 'scale=1280:720:flags=bicubic,format=yuv420p', '-c:v', 'libx264', '-preset', 'veryfast'];
  const rest = ['-crf', '23', '-x264-params', x264, '-movflags', '+faststart', path.join(folder, 'program.mp4')];
  return run(PROGRAM, ['-v', 'error', '-y', '-i', source, ...video, ...rest]);
}

const [short, long] = [await makeSource(SHORT_MINUTES), await makeSource(MINUTES)];
const brief = await transcodeAlone(short);
const whole = await transcodeAlone(long);
const reference = await encodeWithProgram(long);
const linear = whole.seconds / MINUTES / (brief.seconds / SHORT_MINUTES);
const ratio = reference ? whole.seconds / reference.seconds : null;
const bytes = (await stat(long)).size;
record({
  what: `transcoding ${MINUTES} minutes of 720p (${(bytes / 1e6).toFixed(0)} MB)`,
  reference: reference ? `the ffmpeg program, ${reference.seconds.toFixed(0)} s` : 'no ffmpeg program here',
  measured: `${whole.seconds.toFixed(0)} s, at most ${whole.memory.toFixed(0)} MB; ${linear.toFixed(2)} × the time per minute of a 1-minute source`,
  ratio,
  target: '≤ 1.3 ×, ≤ 600 MB, linear',
  met: (ratio ?? 0) <= 1.3 && whole.memory <= 600 && linear <= 1.15,
});
await rm(folder, { recursive: true });
process.exit(0);
