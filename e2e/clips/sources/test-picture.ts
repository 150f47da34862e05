/**
 * A picture from which a test can read all that may go wrong: a mark of its own color in each corner (orientation, color), a
 * box that moves fast (fields), and a flash at a known time.
 */
export interface TestPicture {
  readonly width: number;
  readonly height: number;
  /** Frames per second. */
  readonly rate: number;
  /** Seconds. */
  readonly duration: number;
  /** Seconds; the flash lasts `FLASH_SECONDS`. */
  readonly flashAt: number;
}

export const FLASH_SECONDS = 0.2;

/** Clockwise from the upper left: red, green, blue, yellow. */
export const CORNERS = ['0xC81E1E', '0x1EA03C', '0x2846C8', '0xE6C828'] as const;

/** The picture as a filter graph, in RGB. */
export function testPictureGraph({ width, height, rate, duration, flashAt }: TestPicture): string {
  const mark = (x: string, y: string, color: string) => `drawbox=x=${x}:y=${y}:w=iw/5:h=ih/5:color=${color}:t=fill`;
  const marks = [
    mark('0', '0', CORNERS[0]),
    mark('iw-iw/5', '0', CORNERS[1]),
    mark('iw-iw/5', 'ih-ih/5', CORNERS[2]),
    mark('0', 'ih-ih/5', CORNERS[3]),
  ];
  const flash = `drawbox=x=iw/5:y=ih/5:w=iw-2*floor(iw/5):h=ih-2*floor(ih/5):color=white:t=fill:enable='between(t,${flashAt - 0.001},${flashAt + FLASH_SECONDS - 0.001})'`;
  const timing = `r=${rate}:d=${duration}`;
  // Two of its widths in a frame of 25 per second, so that fields of one frame differ wherever it is.
  const box = `color=c=white:s=${Math.max(2, Math.round(width / 16))}x${Math.max(2, Math.round(height / 6))}:${timing},format=rgb24[box]`;
  return [
    `color=c=0x303030:s=${width}x${height}:${timing},format=rgb24,${[...marks, flash].join(',')}[ground]`,
    box,
    `[ground][box]overlay=format=rgb:x='W*(0.22+0.5*mod(t*3,1))':y=0`,
  ].join(';');
}

/** A tone that sounds while the flash is shown, in the given channels of a layout. */
export function testToneGraph(options: {
  readonly layout: string;
  readonly channels: readonly boolean[];
  readonly sampleRate: number;
  readonly duration: number;
  readonly beepAt: number;
}): string {
  const { layout, channels, sampleRate, duration, beepAt } = options;
  const tone = `if(between(t,${beepAt},${beepAt + FLASH_SECONDS}),0.8*sin(2*PI*880*t),0)`;
  const expressions = channels.map((isOn) => (isOn ? tone : '0')).join('|');
  return `aevalsrc='${expressions}':c=${layout}:s=${sampleRate}:d=${duration}`;
}
