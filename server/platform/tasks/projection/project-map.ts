import { projectToPlane } from './project.ts';
import { readVectorFile } from './vector-rows.ts';

/** Places the vectors of a file on the map; see `projectToPlane`. */
export async function projectMap(
  { vectors }: { vectors: string },
  onProgress: (fraction: number) => void,
): Promise<Float64Array> {
  return projectToPlane(await readVectorFile(vectors), onProgress);
}
