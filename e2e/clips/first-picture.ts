import '../../server/platform/tasks/media/node-av-polyfills.ts';

/** A file's first picture: its size in pixels, and the luma (0 black .. 255) at a place. */
export async function firstPicture(
  file: string,
): Promise<{ width: number; height: number; lumaAt(x: number, y: number): number }> {
  const { Decoder, Demuxer, FilterAPI } = await import('node-av');
  const input = await Demuxer.open(file);
  const video = input.video();
  if (!video) throw new Error(`${file} has no picture.`);
  const decoder = await Decoder.create(video);
  const filter = FilterAPI.create('format=gray');
  try {
    for await (const frame of filter.frames(decoder.frames(input.packets(video.index)))) {
      const plane = frame?.data?.[0];
      if (!frame || !plane) continue;
      const stride = frame.linesize[0] ?? frame.width;
      const pixels = Buffer.from(plane);
      return { width: frame.width, height: frame.height, lumaAt: (x, y) => pixels[y * stride + x] ?? 0 };
    }
    throw new Error(`${file} has no picture.`);
  } finally {
    filter.close();
    decoder.close();
    await input.close();
  }
}
