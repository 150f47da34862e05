import { readFile } from 'node:fs/promises';
import { Decoder, Demuxer, FilterAPI } from 'node-av';
import { toPicture } from '../media/rgb.ts';
import { UnreadableMediaError } from '../protocol.ts';
import { analyzeSegment } from './analyze-segment.ts';
import { confirmObjects } from './confirm-objects.ts';
import { loadModels } from './load-models.ts';
import { toGrid } from './motion.ts';
import type { SegmentObservation } from './observation.ts';
import { confirmPeople } from './people.ts';

const UNREADABLE = 'This is not a picture that can be read. Send a JPEG, PNG, WebP or GIF file.';

/** FFmpeg's reader for a picture, by its first bytes: nothing else is opened. */
function getFormat(bytes: Buffer): string | null {
  if (bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'jpeg_pipe';
  if (bytes.subarray(1, 4).toString('latin1') === 'PNG') return 'png_pipe';
  if (bytes.subarray(8, 12).toString('latin1') === 'WEBP') return 'webp_pipe';
  return bytes.subarray(0, 3).toString('latin1') === 'GIF' ? 'gif' : null;
}

/** What is seen in a picture, as in a segment of one frame. Throws `UnreadableMediaError` for what is no picture. */
export async function analyzePicture({ input: file }: { input: string }): Promise<SegmentObservation> {
  const format = getFormat(await readFile(file));
  if (format === null) throw new UnreadableMediaError(UNREADABLE);
  const input = await Demuxer.open(file, { format, options: { protocol_whitelist: 'file', format_whitelist: format } });
  try {
    const video = input.video();
    if (!video) throw new UnreadableMediaError(UNREADABLE);
    using decoder = await Decoder.create(video);
    using filter = FilterAPI.create(
      'scale=512:512:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=area,format=rgb24',
    );
    for (const frame of filter.framesSync(decoder.framesSync(input.packetsSync(video.index)))) {
      if (!frame) continue;
      const picture = toPicture(frame);
      frame.free();
      const grid = toGrid(picture);
      const { observation, sightings, people } = analyzeSegment(await loadModels(), [{ time: 0, picture, grid }], grid);
      const [objects = []] = confirmObjects([sightings]);
      const { motion } = observation;
      const facts = confirmPeople(people, { objects, motion });
      // A picture does not tell who stands from who walks.
      const postures = facts.postures.filter(({ posture }) => posture !== 'standing');
      return { index: 0, start: 0, end: 0, thumbnail: '', ...observation, ...facts, postures, objects };
    }
    throw new UnreadableMediaError(UNREADABLE);
  } finally {
    await input.close();
  }
}
