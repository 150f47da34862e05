import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Decoder, FilterAPI, type Frame } from 'node-av';
import { createYielder } from '../media/decode.ts';
import { findShots } from '../media/find-shots.ts';
import { openInput, videoStream } from '../media/input.ts';
import { encodeJpeg } from '../media/poster.ts';
import { toFrame, toPicture } from '../media/rgb.ts';
import { getFrameTime } from '../media/shot-finder.ts';
import { type Shots, UnreadableMediaError, type VideoAnalysis } from '../protocol.ts';
import type { Sample } from './analyze-segment.ts';
import { confirmObjects } from './confirm-objects.ts';
import { type Grid, getBackground, toGrid } from './motion.ts';
import { confirmPeople } from './people.ts';
import type { Picture } from './picture.ts';
import { type AnalyzedSegment, SegmentThreads } from './segment-thread.ts';
import { type Span, toSegments } from './segmenter.ts';
import { ScreenTextTracker } from './text/screen-text.ts';

/** Frames per second that are examined for content. */
const SAMPLES_PER_SECOND = 2;
/** How many older grids help to tell background from foreground. */
const MEMORY_GRIDS = 12;
/** Finding the shots first takes about this fraction of the time. */
const CUT_PASS_FRACTION = 0.3;
/** Seconds. Cuts were found in another clock, whose ticks are others. */
const SAME_TIME = 0.0005;

/** Widths that text is looked for and read in: small letters need more pixels to be read than to be found. */
const FIND_WIDTH = 640;
const READ_WIDTH = 1280;

interface TimedPicture {
  readonly time: number;
  readonly picture: Picture;
  /** The frame that it was made of; valid until the next picture is asked for. */
  readonly frame: Frame;
}

async function readDuration(file: string): Promise<number> {
  const input = await openInput(file);
  const { duration } = input;
  await input.close();
  return duration;
}

/** Lets only frames pass whose times are asked for. */
function* select(frames: Iterable<Frame | null>, isWanted: (time: number) => boolean): Generator<Frame | null> {
  for (const frame of frames) {
    if (frame && !isWanted(getFrameTime(frame))) frame.free();
    else yield frame;
  }
}

interface PictureOptions {
  readonly filter: string;
  readonly isWanted: (time: number) => boolean;
}

/** Decodes a file through a filter, one RGB picture at a time, with its time in seconds. */
async function* pictures(path: string, { filter: filterText, isWanted }: PictureOptions): AsyncGenerator<TimedPicture> {
  const yieldNow = createYielder();
  const input = await openInput(path);
  try {
    const video = videoStream(input);
    using decoder = await Decoder.create(video);
    using filter = FilterAPI.create(filterText);
    for (const frame of select(decoder.framesSync(input.packetsSync(video.index)), isWanted)) {
      if (!frame) continue;
      for (const filtered of filter.processAllSync(frame)) {
        yield { time: getFrameTime(filtered), picture: toPicture(filtered), frame };
        filtered.free();
      }
      frame.free();
      await yieldNow();
    }
  } finally {
    await input.close();
  }
}

/** Tells of frame times, in their order, which of them are those of cuts. */
function createCutMatcher(cuts: readonly number[]): (time: number) => boolean {
  let next = 0;
  const getNext = () => cuts[next] ?? Number.POSITIVE_INFINITY;
  return (time) => {
    while (getNext() < time - SAME_TIME) next += 1;
    return getNext() <= time + SAME_TIME;
  };
}

async function writeThumbnail(picture: Picture, file: string): Promise<void> {
  const frame = toFrame(picture);
  using filter = FilterAPI.create("scale='min(480,iw)':-2:flags=area:out_range=pc,format=yuvj420p");
  for await (const scaled of filter.frames(frame)) {
    if (!scaled) continue;
    await writeFile(file, await encodeJpeg(scaled));
    break;
  }
  frame.free();
}

/** Makes something when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** What reads text in the picture; where its runtime does not work on a machine, the rest is analyzed all the same. */
async function createTextTracker(): Promise<{ tracker: ScreenTextTracker | null; error: string | null }> {
  try {
    const { TextModels } = await import('./text/text-models.ts');
    return { tracker: new ScreenTextTracker(await TextModels.load()), error: null };
  } catch (error) {
    return { tracker: null, error: error instanceof Error ? error.message : String(error) };
  }
}

/** Scales frames to RGB pictures of at most a width. */
function createScaler(width: number) {
  const filter = FilterAPI.create(`scale='min(${width},iw)':-2:flags=area,format=rgb24`);
  return {
    scale: (frame: Frame): Picture => {
      const [scaled] = filter.processAllSync(frame);
      if (!scaled) throw new Error('A frame could not be scaled.');
      const picture = toPicture(scaled);
      scaled.free();
      return picture;
    },
    [Symbol.dispose]: () => filter[Symbol.dispose](),
  };
}

/**
 * Cuts a video into segments and finds what is in each: objects, its colors, its motion, and a thumbnail in
 * `outputDir`. The input is the platform's own mp4 rendition, so times agree with playback.
 */
export async function analyzeVideo(
  args: { input: string; outputDir: string; shots: Shots | null },
  onProgress: (fraction: number) => void,
): Promise<VideoAnalysis> {
  await mkdir(args.outputDir, { recursive: true });
  const duration = await readDuration(args.input);
  const shotsFraction = args.shots ? 0 : CUT_PASS_FRACTION;
  const shots = args.shots ?? (await findShots(args.input, (fraction) => onProgress(shotsFraction * fraction))).shots;
  const spans = toSegments(shots.cuts, duration, shots.holds);
  const isCut = createCutMatcher(shots.cuts);
  await using threads = new SegmentThreads(spans.length);
  const texts = await createTextTracker();
  const analyses: Promise<Omit<AnalyzedSegment, 'keyPicture'> & Span & { index: number; thumbnail: string }>[] = [];
  const memory: Grid[] = [];
  let samples: Sample[] = [];

  /** Sends the samples of a segment to the vision models, once they have taken most of those before. */
  const close = async ({ start, end }: Span) => {
    await threads.ready();
    const background = getBackground([...memory, ...samples.map(({ grid }) => grid)]);
    const index = analyses.length;
    const analysis = threads.analyze({ samples, background }).then(async ({ keyPicture, ...analyzed }) => {
      const thumbnail = `${String(index).padStart(5, '0')}.jpg`;
      await writeThumbnail(keyPicture, path.join(args.outputDir, thumbnail));
      onProgress(shotsFraction + ((1 - shotsFraction) * (index + 1)) / spans.length);
      return { ...analyzed, index, start, end, thumbnail };
    });
    // Awaited later, when others have failed, too.
    analysis.catch(() => undefined);
    analyses.push(analysis);
    memory.push(...samples.filter((_, at) => at % 3 === 0).map(({ grid }) => grid));
    memory.splice(0, Math.max(0, memory.length - MEMORY_GRIDS));
    samples = [];
  };

  let current = 0;
  let nextSample = 0;
  // The first frame of each shot, too: some shots are shorter than the distance between samples.
  const isWanted = (time: number) => {
    if (time < nextSample && !isCut(time)) return false;
    if (time >= nextSample) nextSample = (Math.floor(time * SAMPLES_PER_SECOND) + 1) / SAMPLES_PER_SECOND;
    return true;
  };
  const filter = `scale=512:512:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=area,format=rgb24`;
  using forFinding = createScaler(FIND_WIDTH);
  using forReading = createScaler(READ_WIDTH);
  let textSpan = -1;
  for await (const { time, picture, frame } of pictures(args.input, { filter, isWanted })) {
    for (
      let span = spans[current];
      span && time >= span.end - SAME_TIME && current < spans.length - 1;
      span = spans[current]
    ) {
      if (samples.length > 0) await close(span);
      current += 1;
    }
    samples.push({ time, picture, grid: toGrid(picture) });
    await texts.tracker?.next({
      time,
      picture,
      startsSegment: current !== textSpan,
      forFinding: once(() => forFinding.scale(frame)),
      forReading: once(() => forReading.scale(frame)),
    });
    textSpan = current;
  }
  const last = spans[current];
  if (last && samples.length > 0) await close(last);
  const analyzed = await Promise.all(analyses);
  if (analyzed.length === 0) throw new UnreadableMediaError('No picture could be decoded from this file.');
  const objects = confirmObjects(analyzed.map(({ sightings }) => sightings));
  const segments = analyzed.map(({ observation, people, index, start, end, thumbnail }) => ({
    ...observation,
    ...confirmPeople(people, { objects: objects[index] ?? [], motion: observation.motion }),
    index,
    start,
    end,
    thumbnail,
    objects: objects[index] ?? [],
  }));
  return { segments, texts: texts.tracker?.finish(spans.at(-1)?.end ?? 0) ?? [], textError: texts.error };
}
