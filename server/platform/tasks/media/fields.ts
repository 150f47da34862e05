import { Decoder, FilterAPI, type Stream } from 'node-av';
import { AVSEEK_FLAG_BACKWARD } from 'node-av/constants';
import { readFrames } from './decode.ts';
import { openInput } from './input.ts';
import { getOrigin } from './timeline.ts';
import { chooseVideo } from './track-choice.ts';

/** The one decision about fields: interlaced pictures become frames at the rate of their fields. */

/** Where frames are looked at, as fractions of the duration, and how many at each place. */
const SAMPLE_PLACES = [0, 0.3, 0.7];
const FRAMES_PER_PLACE = 16;
/** Every line is compared, but only some of its pixels. */
const COLUMN_STEP = 4;
/** Differences between neighboring lines over those within a field: above this, a frame is combed. */
const COMB_RATIO = 1.25;
/** Mean difference (0..255) below which a frame says nothing, since nothing moves. */
const MIN_DIFFERENCE = 2;
/** Fraction of the telling frames that has to be combed. */
const COMBED_FRACTION = 0.6;
const MIN_TELLING_FRAMES = 5;

/** Whether neighboring lines differ more than lines of one field; null for a frame that does not tell. */
export function isCombed(luma: Uint8Array, width: number, height: number): boolean | null {
  let acrossFields = 0;
  let withinField = 0;
  for (let row = 0; row + 2 < height; row += 1) {
    const at = row * width;
    for (let column = 0; column < width; column += COLUMN_STEP) {
      const value = luma[at + column] ?? 0;
      acrossFields += Math.abs(value - (luma[at + width + column] ?? 0));
      withinField += Math.abs(value - (luma[at + 2 * width + column] ?? 0));
    }
  }
  if ((acrossFields * COLUMN_STEP) / (width * height) < MIN_DIFFERENCE) return null;
  return acrossFields > withinField * COMB_RATIO;
}

/** Looks at frames from several places of a file. What its flags say is often wrong, and node-av does not tell. */
async function looksCombed(path: string): Promise<boolean> {
  let telling = 0;
  let combed = 0;
  for (const fraction of SAMPLE_PLACES) {
    for (const verdict of await sampleFrames(path, fraction)) {
      if (verdict !== null) telling += 1;
      if (verdict === true) combed += 1;
    }
  }
  return telling >= MIN_TELLING_FRAMES && combed / telling >= COMBED_FRACTION;
}

/** Verdicts on some frames that follow a fraction of a file's duration; none for what cannot be decoded. */
async function sampleFrames(path: string, fraction: number): Promise<(boolean | null)[]> {
  const input = await openInput(path);
  const verdicts: (boolean | null)[] = [];
  try {
    const video = chooseVideo(input);
    if (fraction > 0) await input.seek(getOrigin(input) + fraction * input.duration, -1, AVSEEK_FLAG_BACKWARD);
    using decoder = await Decoder.create(video, { exitOnError: false });
    // The full height: scaling would mix the fields.
    using filter = FilterAPI.create('format=gray');
    for (const frame of readFrames(input, decoder, filter)) {
      const { width, height, linesize, data } = frame;
      verdicts.push(data?.[0] ? isCombed(data[0], linesize[0] ?? width, height) : null);
      frame.free();
      if (verdicts.length >= FRAMES_PER_PLACE) break;
    }
  } catch {
    // A file that cannot be decoded says so where it matters.
  } finally {
    await input.close();
  }
  return verdicts;
}

/** Verdicts by file: each rendition of a task asks for the same one. */
const verdicts = new Map<string, Promise<boolean>>();

function isInterlaced(path: string): Promise<boolean> {
  const known = verdicts.get(path) ?? looksCombed(path);
  verdicts.set(path, known);
  return known;
}

/** Heights at which video was ever recorded in fields. */
const isFieldHeight = (height: number) => height >= 240 && height <= 1088;

/**
 * The filters that make frames of fields; none for progressive pictures. `mode` is `send_field` for video and
 * `send_frame` for a single picture.
 */
export async function getFieldFilters(
  path: string,
  { codecpar }: Stream,
  mode: 'send_field' | 'send_frame',
): Promise<string[]> {
  if (!isFieldHeight(codecpar.height) || !(await isInterlaced(path))) return [];
  return [`bwdif=mode=${mode}:deint=all`];
}
