import { FF_ENCODER_AC3, FF_ENCODER_FFV1, FF_ENCODER_FLAC, FF_ENCODER_PCM_MULAW } from 'node-av/constants';
import { MP2, MPEG2, PCM, type Source } from './source.ts';

/** Sound. */
export const SOUND: readonly Source[] = [
  { title: 'no sound', file: 'silent.mp4', sounds: [], expected: { beep: null } },
  {
    title: '5.1 with sound in the center',
    file: 'center.mkv',
    sounds: [{ codec: FF_ENCODER_AC3, layout: '5.1', channels: [false, false, true, false, false, false] }],
  },
  {
    title: '5.1 with sound in the left surround',
    file: 'surround.mkv',
    sounds: [{ codec: FF_ENCODER_AC3, layout: '5.1', channels: [false, false, false, false, true, false] }],
    expected: { leftShare: 1 },
  },
  {
    title: '7.1',
    file: 'seven.mkv',
    sounds: [
      {
        codec: FF_ENCODER_FLAC,
        format: 's16',
        layout: '7.1',
        channels: [false, false, true, false, false, false, false, false],
      },
    ],
  },
  {
    title: 'a telephone line',
    file: 'mulaw.mov',
    sounds: [{ codec: FF_ENCODER_PCM_MULAW, format: 's16', sampleRate: 8000 }],
  },
  { title: '96 kHz', file: 'studio.mkv', sounds: [{ codec: FF_ENCODER_FLAC, format: 's16', sampleRate: 96_000 }] },
  {
    title: 'three tracks with languages, of which the second is the default',
    file: 'tracks.mkv',
    sounds: [
      { channels: [false], isDefault: false, language: 'eng', title: 'Commentary' },
      { language: 'ger' },
      { channels: [false], isDefault: false, language: 'fra' },
    ],
    expected: { audioTracks: ['German', 'Commentary', 'French'] },
  },
  {
    title: 'two tracks in mp4',
    file: 'tracks.mp4',
    sounds: [{ language: 'eng' }, { channels: [false], isDefault: false, language: 'spa' }],
    expected: { audioTracks: ['English', 'Spanish'] },
  },
];

const SRT = `1
00:00:00,200 --> 00:00:00,800
<font color="red">Bread</font> & <i>butter</i>

2
00:00:01,000 --> 00:00:01,500
Two lines
--> of text
`;
const VTT = `WEBVTT

00:00:01.000 --> 00:00:01.500
Fish &amp; <b>chips</b>
`;
const ASS = `[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Arial,20

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:01.50,Default,,0,0,0,,{\\an8}One, two\\Nthree
`;

/** Subtitles that are text; players get them as WebVTT. */
export const SUBTITLES: readonly Source[] = [
  {
    title: 'SubRip in Matroska that starts at two minutes, in two languages',
    file: 'subtitles.mkv',
    offset: 120,
    subtitles: [
      { text: SRT, format: 'srt', language: 'eng' },
      { text: SRT, format: 'srt', language: 'ger' },
    ],
    expected: {
      subtitles: [
        /^00:00:00\.2\d\d --> 00:00:00\.8\d\d\nBread &amp; <i>butter<\/i>\n\n00:00:01\.0\d\d --> 00:00:01\.5\d\d\nTwo lines\n→ of text$/m,
        /Bread/,
      ],
    },
  },
  {
    title: 'timed text in mp4',
    file: 'subtitles.mp4',
    subtitles: [{ text: SRT, format: 'srt', isTimedText: true }],
    expected: { subtitles: [/^00:00:01\.000 --> 00:00:01\.500\nTwo lines\n--&gt; of text$/m] },
  },
  {
    title: 'Advanced SubStation in Matroska',
    file: 'subtitles-ass.mkv',
    subtitles: [{ text: ASS, format: 'ass' }],
    expected: { subtitles: [/^00:00:01\.000 --> 00:00:01\.500\nOne, two\nthree$/m] },
  },
  {
    title: 'WebVTT in Matroska',
    file: 'subtitles-vtt.mkv',
    subtitles: [{ text: VTT, format: 'vtt' }],
    expected: { subtitles: [/^00:00:01\.000 --> 00:00:01\.500\nFish &amp; <b>chips<\/b>$/m] },
  },
];

const half = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);
/** Overwrites a range in the middle with noise that is the same each time. */
const scratch = (bytes: Buffer) => {
  const copy = Buffer.from(bytes);
  for (let at = Math.floor(copy.length * 0.7); at < copy.length * 0.72; at += 1) copy[at] = (at * 7919) % 256;
  return copy;
};

/** Damage. */
export const DAMAGE: readonly Source[] = [
  {
    title: 'a Matroska file of which half is missing',
    file: 'half.mkv',
    duration: 4,
    flashAt: 0.6,
    pictures: [{ codec: FF_ENCODER_FFV1 }],
    sounds: [PCM],
    damage: half,
    expected: { frames: 50, duration: 2, warnings: [/^Only \d\.\d of 4\.0 s could be read/] },
  },
  {
    title: 'a transport stream with a scratch',
    file: 'scratch.ts',
    flashAt: 0.6,
    pictures: [{ ...MPEG2, gopSize: 5 }],
    sounds: [MP2],
    damage: scratch,
    expected: { frames: 49, warnings: [/^\d+ frames? (?:is|are) damaged in the file\.$/] },
  },
];
