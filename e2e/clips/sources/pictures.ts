import { FF_ENCODER_DVVIDEO, FF_ENCODER_FFV1 } from 'node-av/constants';
import { type PictureOptions, SD_PIXELS } from './make-source.ts';
import { BT709, FULL_RANGE, MP2, MPEG2, PCM, type Source, tagged } from './source.ts';

const FIELD_RATE = 50;
/** 25 frames of two fields from 50 pictures per second. */
const fields = (scan: 'tff' | 'bff', pixels = SD_PIXELS) => `${pixels},interlace=scan=${scan}:lowpass=off`;
const dv: PictureOptions = {
  codec: FF_ENCODER_DVVIDEO,
  size: [720, 576],
  rate: FIELD_RATE,
  filter: `${fields('bff')},setsar=64/45`,
};

/** Shape and orientation. The matrices are those of ISO 14496-12, as phones and cameras write them. */
export const GEOMETRY: readonly Source[] = [
  {
    title: 'a quarter turn clockwise',
    file: 'turn90.mp4',
    matrix: [0, 1, -1, 0],
    expected: { size: [120, 160], corners: 'YRGB' },
  },
  { title: 'half a turn', file: 'turn180.mp4', matrix: [-1, 0, 0, -1], expected: { corners: 'BYRG' } },
  {
    title: 'a quarter turn counterclockwise',
    file: 'turn270.mp4',
    matrix: [0, -1, 1, 0],
    expected: { size: [120, 160], corners: 'GBYR' },
  },
  { title: 'mirrored left to right', file: 'mirror.mp4', matrix: [-1, 0, 0, 1], expected: { corners: 'GRYB' } },
  { title: 'mirrored top to bottom', file: 'flip.mp4', matrix: [1, 0, 0, -1], expected: { corners: 'YBGR' } },
  { title: 'transposed', file: 'transpose.mp4', matrix: [0, 1, 1, 0], expected: { size: [120, 160], corners: 'RYBG' } },
  {
    title: 'transposed the other way',
    file: 'transverse.mp4',
    matrix: [0, -1, -1, 0],
    expected: { size: [120, 160], corners: 'BGRY' },
  },
  {
    title: 'a turned picture of wide pixels',
    file: 'turned-wide.mp4',
    matrix: [0, 1, -1, 0],
    pictures: [{ filter: `${SD_PIXELS},setsar=4/3` }],
    expected: { size: [120, 212], corners: 'YRGB' },
  },
  {
    title: 'NTSC DVD, 4:3',
    file: 'ntsc.mpg',
    pictures: [{ ...MPEG2, size: [720, 480], rate: 30_000 / 1001, filter: `${SD_PIXELS},setsar=8/9` }],
    sounds: [MP2],
    expected: { size: [640, 480], frames: 60 },
  },
  {
    title: 'an odd size',
    file: 'odd.mkv',
    pictures: [{ codec: FF_ENCODER_FFV1, size: [161, 121], filter: SD_PIXELS.replace('yuv420p', 'yuv444p') }],
  },
  {
    title: 'the larger of two pictures',
    file: 'two.ts',
    pictures: [{ size: [80, 60], isDefault: false }, { isDefault: false }],
  },
  {
    title: 'the default of two pictures',
    file: 'default.mkv',
    pictures: [{ size: [320, 240], isDefault: false, filter: `${SD_PIXELS},hflip` }, {}],
  },
];

/** Fields. */
export const FIELDS: readonly Source[] = [
  {
    title: 'MPEG-2 fields, upper first',
    file: 'tff.ts',
    pictures: [
      {
        ...MPEG2,
        size: [320, 256],
        rate: FIELD_RATE,
        filter: fields('tff'),
        gopSize: 12,
        options: { b: '4000000', flags: '+ilme+ildct' },
      },
    ],
    expected: { size: [320, 256], frames: 100 },
  },
  {
    title: 'H.264 fields, lower first',
    file: 'bff.mkv',
    pictures: [{ size: [320, 256], rate: FIELD_RATE, filter: fields('bff'), options: { 'x264-params': 'bff=1' } }],
    expected: { size: [320, 256], frames: 100 },
  },
  {
    title: 'fields in a file that says progressive',
    file: 'lie.mp4',
    pictures: [{ size: [320, 256], rate: FIELD_RATE, filter: `${fields('tff')},setfield=prog` }],
    expected: { size: [320, 256], frames: 100 },
  },
  {
    title: 'frames in a file that says fields',
    file: 'psf.mkv',
    pictures: [{ size: [320, 256], options: { 'x264-params': 'tff=1' } }],
    expected: { size: [320, 256], frames: 50 },
  },
  {
    title: 'DV, which is lower field first',
    file: 'tape.dv',
    pictures: [dv],
    sounds: [{ ...PCM, layout: 'stereo', channels: [true, true] }],
    expected: { size: [1024, 576], frames: 100 },
  },
  {
    title: 'DV in AVI',
    file: 'tape.avi',
    pictures: [dv],
    sounds: [{ ...PCM, layout: 'stereo', channels: [true, true] }],
    expected: { size: [1024, 576], frames: 100 },
  },
];

/** Color. */
export const COLOR: readonly Source[] = [
  { title: 'full range', file: 'full.mp4', pictures: [{ filter: FULL_RANGE }] },
  {
    title: 'BT.601, tagged',
    file: 'bt601.mp4',
    pictures: [
      { filter: tagged('bt601', 'colorspace=smpte170m:color_primaries=smpte170m:color_trc=smpte170m:range=tv') },
    ],
  },
  { title: 'BT.709 in a small picture, tagged', file: 'bt709.mp4', pictures: [{ filter: BT709 }] },
  {
    title: 'an untagged large picture, which is BT.709',
    file: 'large.mp4',
    pictures: [{ size: [1280, 720], rate: 10, filter: tagged('bt709', 'range=tv'), options: { preset: 'ultrafast' } }],
    expected: { size: [1280, 720], frames: 20 },
  },
];
