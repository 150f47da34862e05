import {
  FF_ENCODER_AC3,
  FF_ENCODER_APNG,
  FF_ENCODER_DNXHD,
  FF_ENCODER_EAC3,
  FF_ENCODER_FFV1,
  FF_ENCODER_FLAC,
  FF_ENCODER_FLV,
  FF_ENCODER_GIF,
  FF_ENCODER_H263,
  FF_ENCODER_HUFFYUV,
  FF_ENCODER_LIBMP3LAME,
  FF_ENCODER_LIBOPUS,
  FF_ENCODER_LIBSVTAV1,
  FF_ENCODER_LIBTHEORA,
  FF_ENCODER_LIBVPX_VP8,
  FF_ENCODER_LIBVPX_VP9,
  FF_ENCODER_LIBX265,
  FF_ENCODER_MJPEG,
  FF_ENCODER_MPEG1VIDEO,
  FF_ENCODER_MPEG4,
  FF_ENCODER_PRORES_KS,
  FF_ENCODER_QTRLE,
  FF_ENCODER_RAWVIDEO,
  FF_ENCODER_UTVIDEO,
  FF_ENCODER_WMAV2,
  FF_ENCODER_WMV2,
} from 'node-av/constants';
import { SD_PIXELS, type SoundOptions } from './make-source.ts';
import { BT709, FULL_RANGE, MP2, MPEG2, PCM, type Source, tagged } from './source.ts';

const mp3 = { codec: FF_ENCODER_LIBMP3LAME };
const opus: SoundOptions = { codec: FF_ENCODER_LIBOPUS, format: 'flt' };

/** Containers and codecs. */
export const FORMATS: readonly Source[] = [
  { title: 'mp4, H.264, AAC', file: 'plain.mp4' },
  {
    title: 'QuickTime, ProRes, PCM',
    file: 'prores.mov',
    pictures: [
      {
        codec: FF_ENCODER_PRORES_KS,
        filter: tagged('bt601', 'colorspace=smpte170m:range=tv').replace('yuv420p', 'yuv422p10le'),
      },
    ],
    sounds: [PCM],
  },
  {
    title: 'Matroska, FFV1, FLAC',
    file: 'ffv1.mkv',
    pictures: [{ codec: FF_ENCODER_FFV1 }],
    sounds: [{ codec: FF_ENCODER_FLAC, format: 's16' }],
  },
  {
    title: 'WebM, VP8, Opus',
    file: 'vp8.webm',
    pictures: [{ codec: FF_ENCODER_LIBVPX_VP8, options: { b: '1000000' } }],
    sounds: [opus],
  },
  {
    title: 'WebM, VP9, Opus',
    file: 'vp9.webm',
    pictures: [{ codec: FF_ENCODER_LIBVPX_VP9, options: { b: '1000000', 'cpu-used': '8', deadline: 'realtime' } }],
    sounds: [opus],
  },
  {
    title: 'Matroska, AV1, Opus',
    file: 'av1.mkv',
    pictures: [{ codec: FF_ENCODER_LIBSVTAV1, options: { preset: '12' } }],
    sounds: [opus],
  },
  {
    title: 'mp4, HEVC of 10 bits',
    file: 'hevc10.mp4',
    pictures: [
      {
        codec: FF_ENCODER_LIBX265,
        filter: `${SD_PIXELS},format=yuv420p10le`,
        options: { preset: 'ultrafast', 'x265-params': 'log-level=0' },
      },
    ],
  },
  {
    title: 'AVI, MPEG-4, MP3',
    file: 'mpeg4.avi',
    pictures: [{ codec: FF_ENCODER_MPEG4, options: { b: '1000000' } }],
    sounds: [mp3],
    // AVI knows no times but frame numbers: the codec's delay becomes a frame.
    expected: { flash: 1.04, beep: 1.02 },
  },
  {
    title: 'AVI, Motion JPEG, PCM',
    file: 'mjpeg.avi',
    pictures: [{ codec: FF_ENCODER_MJPEG, filter: FULL_RANGE, options: { qmin: '2', qmax: '2' } }],
    sounds: [PCM],
  },
  {
    title: 'AVI, HuffYUV, PCM',
    file: 'huffyuv.avi',
    pictures: [{ codec: FF_ENCODER_HUFFYUV, filter: `${SD_PIXELS},format=yuv422p` }],
    sounds: [PCM],
  },
  {
    title: 'AVI, Ut Video in RGB',
    file: 'utvideo.avi',
    pictures: [{ codec: FF_ENCODER_UTVIDEO, filter: 'format=gbrp' }],
    sounds: [PCM],
  },
  {
    title: 'QuickTime, Animation in RGB',
    file: 'qtrle.mov',
    pictures: [{ codec: FF_ENCODER_QTRLE, filter: 'format=rgb24' }],
    sounds: [PCM],
  },
  {
    title: 'ASF, WMV 8, WMA',
    file: 'wmv2.wmv',
    pictures: [{ codec: FF_ENCODER_WMV2, options: { b: '1000000' } }],
    sounds: [{ codec: FF_ENCODER_WMAV2, sampleRate: 44_100 }],
    // The file itself starts its picture at 0.046 s.
    expected: { flash: 1.046 },
  },
  {
    title: 'FLV, Sorenson, MP3',
    file: 'flv1.flv',
    pictures: [{ codec: FF_ENCODER_FLV, options: { b: '1000000' } }],
    sounds: [{ ...mp3, sampleRate: 44_100 }],
  },
  { title: 'FLV, H.264, AAC', file: 'h264.flv' },
  {
    title: '3GP, H.263',
    file: 'h263.3gp',
    pictures: [
      { codec: FF_ENCODER_H263, size: [176, 144], filter: `${SD_PIXELS},setsar=12/11`, options: { b: '500000' } },
    ],
    expected: { size: [192, 144] },
  },
  {
    title: 'Ogg, Theora, Opus',
    file: 'theora.ogv',
    pictures: [{ codec: FF_ENCODER_LIBTHEORA, options: { b: '1000000' } }],
    sounds: [opus],
  },
  {
    title: 'MPEG-1 program stream',
    file: 'mpeg1.mpg',
    pictures: [{ codec: FF_ENCODER_MPEG1VIDEO, options: { b: '1500000' } }],
    sounds: [MP2],
  },
  {
    title: 'MPEG-2 transport stream with AC-3',
    file: 'mpeg2.ts',
    pictures: [MPEG2],
    sounds: [{ codec: FF_ENCODER_AC3 }],
  },
  {
    title: 'transport stream, HEVC, E-AC-3',
    file: 'hevc.ts',
    pictures: [{ codec: FF_ENCODER_LIBX265, options: { preset: 'ultrafast', 'x265-params': 'log-level=0' } }],
    sounds: [{ codec: FF_ENCODER_EAC3 }],
  },
  { title: 'MXF, MPEG-2, PCM', file: 'mpeg2.mxf', pictures: [{ ...MPEG2, framerate: 25 }], sounds: [PCM] },
  {
    title: 'MXF, DNxHR',
    file: 'dnxhd.mxf',
    pictures: [
      {
        codec: FF_ENCODER_DNXHD,
        framerate: 25,
        size: [256, 144],
        filter: BT709.replace('yuv420p', 'yuv422p'),
        options: { profile: 'dnxhr_hq' },
      },
    ],
    sounds: [PCM],
    expected: { size: [256, 144] },
  },
  { title: 'NUT, raw pixels', file: 'raw.nut', pictures: [{ codec: FF_ENCODER_RAWVIDEO }], sounds: [PCM] },
  {
    title: 'GIF',
    file: 'clip.gif',
    pictures: [{ codec: FF_ENCODER_GIF, filter: 'format=rgb8' }],
    sounds: [],
    expected: { beep: null, colorTolerance: 60 },
  },
  {
    title: 'animated PNG',
    file: 'clip.apng',
    pictures: [{ codec: FF_ENCODER_APNG, filter: 'format=rgb24' }],
    sounds: [],
    expected: { beep: null },
  },
  { title: 'H.264 without a container', file: 'bare.h264', sounds: [], expected: { beep: null } },
  {
    title: 'VP9 in IVF',
    file: 'bare.ivf',
    pictures: [{ codec: FF_ENCODER_LIBVPX_VP9, options: { b: '1000000', 'cpu-used': '8', deadline: 'realtime' } }],
    sounds: [],
    expected: { beep: null },
  },
  {
    title: 'YUV4MPEG',
    file: 'clip.y4m',
    pictures: [{ codec: FF_ENCODER_RAWVIDEO }],
    sounds: [],
    expected: { beep: null },
  },
  { title: 'H.264 in 4:4:4', file: 'yuv444.mkv', pictures: [{ filter: SD_PIXELS.replace('yuv420p', 'yuv444p') }] },
  {
    title: 'H.264 in 4:2:2 of 10 bits',
    file: 'yuv422p10.mkv',
    pictures: [{ filter: SD_PIXELS.replace('yuv420p', 'yuv422p10le') }],
  },
];
