import type { Transcoded } from '../../server/platform/tasks/protocol.ts';

const { checkCopy } = await import('../../server/platform/tasks/media/find-shots.ts');
const { transcode } = await import('../../server/platform/tasks/media/transcode.ts');

/** What the stages of an upload come to in the end: a copy that is damaged is encoded after all. */
export async function transcodeWhole(input: string, outputDir: string): Promise<Transcoded> {
  const ignore = () => undefined;
  const first = await transcode({ input, outputDir, mayCopy: true }, ignore);
  const copy = first.renditions[0]?.file;
  if (first.shots || copy === undefined) return first;
  const shots = await checkCopy({ input: copy }, ignore);
  return shots ? { ...first, shots } : transcode({ input, outputDir, mayCopy: false }, ignore);
}
