import { FF_ENCODER_MJPEG } from 'node-av/constants';
import { SD_PIXELS } from './make-source.ts';
import { FULL_RANGE, MP2, MPEG2, type Source } from './source.ts';

/** Times, rates and gaps. */
export const TIMELINE: readonly Source[] = [
  { title: 'a transport stream whose clock wraps in the middle', file: 'wrap.ts', offset: 2 ** 33 / 90_000 - 1 },
  {
    title: 'a program stream from the middle of a tape',
    file: 'late.mpg',
    pictures: [MPEG2],
    sounds: [MP2],
    offset: 1234,
  },
  { title: 'a Matroska file that starts at two minutes', file: 'late.mkv', offset: 120 },
  { title: 'sound that starts late', file: 'late-sound.mkv', sounds: [{ delay: 0.6 }] },
  {
    title: 'a picture that starts late',
    file: 'late-picture.mkv',
    pictures: [{ delay: 0.6 }],
    expected: { frames: 35 },
  },
  { title: 'a hole in the sound before the beep', file: 'hole.mkv', sounds: [{ hole: [0.2, 0.7] }] },
  {
    title: 'a hole in the picture before the flash',
    file: 'hole-picture.mkv',
    pictures: [{ hole: [0.2, 0.6], codec: FF_ENCODER_MJPEG, filter: FULL_RANGE }],
    expected: { frames: 40 },
  },
  {
    title: '23.976 frames per second',
    file: 'film.mp4',
    pictures: [{ rate: 24_000 / 1001 }],
    expected: { frames: 48, duration: 2 },
  },
  { title: '50 frames per second', file: 'fifty.mp4', pictures: [{ rate: 50 }], expected: { frames: 100 } },
  {
    title: '120 frames per second, which become 60',
    file: 'fast.mp4',
    pictures: [{ rate: 120 }],
    expected: { frames: 120 },
  },
  { title: 'five frames per second', file: 'slow.mp4', pictures: [{ rate: 5 }], expected: { frames: 10 } },
  {
    title: 'frames at uneven times',
    file: 'uneven.mkv',
    pictures: [{ ticks: 1000, filter: `select='not(between(n,5,15)*mod(n,2))',${SD_PIXELS}` }],
    expected: { frames: 44 },
  },
  { title: 'B-frames behind an edit list', file: 'bframes.mp4', pictures: [{ options: { bf: '3' } }] },
];
