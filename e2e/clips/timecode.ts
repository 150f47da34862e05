/**
 * A clip that carries its frame number in its pixels: sixteen squares along the top, white for a one and black for a
 * zero, most significant first. What a browser shows can be read back to the frame.
 */
export const CLIP = { width: 640, height: 360, rate: 25, bits: 16, square: 40 } as const;

/** Colours of the scenes, in turn: each scene is a shot of its own, with a box of another colour moving through it. */
const SCENES = [
  { background: [96, 96, 100], box: [200, 30, 30] },
  { background: [40, 110, 50], box: [235, 235, 235] },
  { background: [30, 60, 140], box: [230, 200, 40] },
  { background: [190, 180, 165], box: [25, 25, 30] },
] as const;

export const SCENE_SECONDS = 4;

/** Packed RGB pixels of one frame. */
export function timecodeFrame(number: number): Buffer {
  const { width, height, bits, square, rate } = CLIP;
  const second = number / rate;
  const scene = SCENES[Math.floor(second / SCENE_SECONDS) % SCENES.length] ?? SCENES[0];
  const pixels = Buffer.alloc(width * height * 3);
  const boxLeft = 40 + ((second % SCENE_SECONDS) / SCENE_SECONDS) * (width - 240);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const bit = bits - 1 - Math.floor(x / square);
      const inBox = y >= 150 && y < 270 && x >= boxLeft && x < boxLeft + 160;
      const shade = (number >> bit) & 1 ? 255 : 0;
      const [red, green, blue] = y < square ? [shade, shade, shade] : inBox ? scene.box : scene.background;
      pixels[(y * width + x) * 3] = red;
      pixels[(y * width + x) * 3 + 1] = green;
      pixels[(y * width + x) * 3 + 2] = blue;
    }
  }
  return pixels;
}
