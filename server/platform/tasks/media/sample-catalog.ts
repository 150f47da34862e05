/** The sample clips: short, so that a first visitor has something to search within a minute or two. */

export interface SampleScene {
  /** Burnt in, and what one may search for. */
  readonly words: string;
  readonly background: string;
  readonly color: string;
  readonly shape: 'circle' | 'square' | 'diamond';
  /** Where the shape's center is, as FFmpeg expressions of the time `t` in seconds, on a 960 × 540 picture. */
  readonly path: readonly [x: string, y: string];
  /** Hz. */
  readonly tone: number;
}

export interface Sample {
  readonly name: string;
  readonly title: string;
  readonly scenes: readonly SampleScene[];
}

const CROSSING = ['140+t*220', '300'] as const;
const RETURNING = ['820-t*220', '300'] as const;
const FALLING = ['480', '150+t*85'] as const;
const SWINGING = ['480+300*sin(t*2.1)', '290+60*cos(t*4.2)'] as const;
const RESTING = ['480', '300'] as const;

export const SAMPLES: readonly Sample[] = [
  {
    name: 'circles',
    title: 'Sample circles',
    scenes: [
      {
        words: 'A red circle crosses',
        background: '0x23272e',
        color: '0xd62839',
        shape: 'circle',
        path: CROSSING,
        tone: 262,
      },
      {
        words: 'A yellow circle falls',
        background: '0x14532d',
        color: '0xfacc15',
        shape: 'circle',
        path: FALLING,
        tone: 330,
      },
      {
        words: 'A blue circle swings',
        background: '0xe7e5e4',
        color: '0x1d4ed8',
        shape: 'circle',
        path: SWINGING,
        tone: 392,
      },
      {
        words: 'A white circle rests',
        background: '0x7f1d1d',
        color: '0xf5f5f4',
        shape: 'circle',
        path: RESTING,
        tone: 523,
      },
    ],
  },
  {
    name: 'squares',
    title: 'Sample squares',
    scenes: [
      {
        words: 'A green square crosses',
        background: '0x1c1917',
        color: '0x22c55e',
        shape: 'square',
        path: RETURNING,
        tone: 220,
      },
      {
        words: 'An orange square swings',
        background: '0x1e3a8a',
        color: '0xf97316',
        shape: 'square',
        path: SWINGING,
        tone: 277,
      },
      {
        words: 'A purple square falls',
        background: '0xfafaf9',
        color: '0x7e22ce',
        shape: 'square',
        path: FALLING,
        tone: 330,
      },
      {
        words: 'A black square rests',
        background: '0x0e7490',
        color: '0x0a0a0a',
        shape: 'square',
        path: RESTING,
        tone: 440,
      },
    ],
  },
  {
    name: 'diamonds',
    title: 'Sample diamonds',
    scenes: [
      {
        words: 'A pink diamond swings',
        background: '0x312e81',
        color: '0xf472b6',
        shape: 'diamond',
        path: SWINGING,
        tone: 294,
      },
      {
        words: 'A red diamond rests',
        background: '0xfef3c7',
        color: '0xb91c1c',
        shape: 'diamond',
        path: RESTING,
        tone: 370,
      },
      {
        words: 'A blue diamond crosses',
        background: '0x422006',
        color: '0x38bdf8',
        shape: 'diamond',
        path: CROSSING,
        tone: 440,
      },
      {
        words: 'A white diamond falls',
        background: '0x166534',
        color: '0xf5f5f4',
        shape: 'diamond',
        path: FALLING,
        tone: 587,
      },
    ],
  },
];
