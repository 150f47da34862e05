import { setPriority } from 'node:os';
import { projectToPlane } from './project.ts';
import { readVectorFile } from './vector-rows.ts';

/** Lower than what people wait for: playback, uploads, answers. */
const NICENESS = 10;

/** Places the vectors of a file on the map; see `projectToPlane`. */
export async function projectMap(
  { vectors }: { vectors: string },
  onProgress: (fraction: number) => void,
): Promise<Float64Array> {
  setPriority(NICENESS);
  return projectToPlane(await readVectorFile(vectors), onProgress);
}
