import { fileURLToPath } from 'node:url';
import { Decoder, Demuxer, Encoder, FilterAPI, pipeline } from 'node-av';
import { FF_ENCODER_AAC, FF_ENCODER_LIBX264 } from 'node-av/constants';
import { openOutput } from './output.ts';
import type { Sample, SampleScene } from './sample-catalog.ts';

const WIDTH = 960;
const HEIGHT = 540;
const RATE = 25;
const SCENE_SECONDS = 3;
/** Side of the square that a shape is drawn in. */
const SHAPE = 220;

/** FreeType reads WOFF but, as it is built here, not WOFF2. */
const FONT = fileURLToPath(import.meta.resolve('@fontsource/inter/files/inter-latin-600-normal.woff'));

/** Which pixels of its square a shape fills, as a mask for FFmpeg's `geq`. */
const MASKS: Readonly<Record<SampleScene['shape'], string>> = {
  circle: `lte(hypot(X-${SHAPE / 2},Y-${SHAPE / 2}),${SHAPE / 2 - 1})`,
  square: '1',
  diamond: `lte(abs(X-${SHAPE / 2})+abs(Y-${SHAPE / 2}),${SHAPE / 2 - 1})`,
};

function sceneGraph(scene: SampleScene, index: number): string {
  const length = `r=${RATE}:d=${SCENE_SECONDS}`;
  const [x, y] = scene.path;
  const text = `drawtext=fontfile='${FONT}':text='${scene.words}':fontsize=44:fontcolor=white:x=48:y=40:box=1:boxcolor=black@0.55:boxborderw=14`;
  return [
    `color=c=${scene.background}:s=${WIDTH}x${HEIGHT}:${length}[ground${index}]`,
    // Drawn once and repeated: a mask that is computed for each frame takes longer than all the rest.
    `color=c=${scene.color}:s=${SHAPE}x${SHAPE}:r=${RATE}:d=${1 / RATE},format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='255*${MASKS[scene.shape]}',loop=loop=${RATE * SCENE_SECONDS}:size=1,setpts=N/${RATE}/TB[shape${index}]`,
    `[ground${index}][shape${index}]overlay=x='${x}-w/2':y='${y}-h/2':shortest=1,${text},format=yuv420p[picture${index}]`,
    `sine=f=${scene.tone}:d=${SCENE_SECONDS}:r=48000,volume=0.3,aformat=sample_fmts=fltp:channel_layouts=mono[sound${index}]`,
  ].join(';');
}

/** Draws a sample clip (moving shapes with burnt-in words over a tone) and writes it as an mp4. */
export async function makeSample({ sample, output: file }: { sample: Sample; output: string }): Promise<null> {
  const inputs = sample.scenes.map((_, index) => `[picture${index}][sound${index}]`).join('');
  const graph = `${sample.scenes.map(sceneGraph).join(';')};${inputs}concat=n=${sample.scenes.length}:v=1:a=1[out0][out1]`;
  const input = await Demuxer.open(graph, { format: 'lavfi' });
  const [video, audio] = [input.video(), input.audio()];
  if (!video || !audio) throw new Error('The sample clip has no picture or no sound.');
  using decoder = await Decoder.create(video);
  using filter = FilterAPI.create(`fps=${RATE},format=yuv420p`);
  using encoder = await Encoder.create(FF_ENCODER_LIBX264, {
    decoder,
    filter,
    gopSize: RATE,
    options: { preset: 'veryfast', crf: 20 },
  });
  using audioDecoder = await Decoder.create(audio);
  using audioFilter = FilterAPI.create('aformat=sample_fmts=fltp:channel_layouts=mono');
  using audioEncoder = await Encoder.create(FF_ENCODER_AAC, {
    decoder: audioDecoder,
    filter: audioFilter,
    bitrate: '96k',
  });
  const output = await openOutput(file, { input, format: 'mp4', options: { movflags: '+faststart' } });
  try {
    const stages = { video: [decoder, filter, encoder], audio: [audioDecoder, audioFilter, audioEncoder] };
    await pipeline(input, stages, output).completion;
  } finally {
    await output.close();
    await input.close();
  }
  return null;
}
