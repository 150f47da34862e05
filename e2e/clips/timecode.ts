/**
 * A clip that carries its frame number in its pixels: sixteen squares along the top, white for a one and black for a
 * zero, most significant first. What a browser shows can be read back to the frame.
 */
export const CLIP = { width: 640, height: 360, rate: 25, bits: 16, square: 40 } as const;

/** Colors of the scenes, in turn: each scene is a shot of its own, with a box of another color moving through it. */
const SCENES = [
  { background: '0x606064', box: '0xC81E1E' },
  { background: '0x286E32', box: '0xEBEBEB' },
  { background: '0x1E3C8C', box: '0xE6C828' },
  { background: '0xBEB4A5', box: '0x19191E' },
] as const;

export const SCENE_SECONDS = 4;

/** The drawing of a timecode clip as an FFmpeg filter graph: the frames themselves never pass through JavaScript. */
export function timecodeGraph(frames: number): string {
  const { width, height, bits, square, rate } = CLIP;
  const count = Math.max(1, Math.ceil(frames / (SCENE_SECONDS * rate)));
  const scenes = Array.from({ length: count }, (_, index) => {
    const { background, box } = SCENES[index % SCENES.length] ?? SCENES[0];
    const length = `r=${rate}:d=${SCENE_SECONDS}`;
    return [
      `color=c=${background}:s=${width}x${height}:${length}[ground${index}]`,
      `color=c=${box}:s=160x120:${length}[box${index}]`,
      `[ground${index}][box${index}]overlay=x='40+t/${SCENE_SECONDS}*${width - 240}':y=150[scene${index}]`,
    ].join(';');
  });
  const all = Array.from({ length: count }, (_, index) => `[scene${index}]`).join('');
  const band = `drawbox=x=0:y=0:w=${width}:h=${square}:color=black:t=fill`;
  const squares = Array.from({ length: bits }, (_, index) => {
    const isOne = `mod(floor(n/${2 ** (bits - 1 - index)}),2)`;
    return `drawbox=x=${index * square}:y=0:w=${square}:h=${square}:color=white:t=fill:enable='${isOne}'`;
  });
  return `${scenes.join(';')};${all}concat=n=${count}:v=1:a=0,${band},${squares.join(',')},trim=end_frame=${frames}`;
}
