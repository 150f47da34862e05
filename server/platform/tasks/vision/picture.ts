/** A picture in memory: packed 8-bit RGB rows without padding. */
export interface Picture {
  readonly data: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** Side of the detector's square input in pixels. */
export const INPUT_SIDE = 512;
/** Side of the detector's heat map: one cell is 4 x 4 input pixels. */
export const HEAT_SIDE = 128;

const PAD_VALUE = 114;

/** Where the picture lies in the square: it is centered, the rest is gray. */
export function letterboxOffset(picture: Picture): { x: number; y: number } {
  return { x: Math.floor((INPUT_SIDE - picture.width) / 2), y: Math.floor((INPUT_SIDE - picture.height) / 2) };
}

/** The picture (no side above 512) in the middle of a gray 512 x 512 square, as the detector's float input. */
export function letterbox(picture: Picture): Float32Array {
  const square = new Float32Array(INPUT_SIDE * INPUT_SIDE * 3).fill(PAD_VALUE);
  const { x, y } = letterboxOffset(picture);
  for (let row = 0; row < picture.height; row += 1) {
    const from = row * picture.width * 3;
    square.set(picture.data.subarray(from, from + picture.width * 3), ((row + y) * INPUT_SIDE + x) * 3);
  }
  return square;
}
