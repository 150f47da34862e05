import { type ProjectionListener, projectToPlane } from './project.ts';
import { readVectorFile } from './vector-rows.ts';

/** Places the vectors of a file on the map; see `projectToPlane`. */
export async function projectMap(
  { vectors }: { vectors: string },
  listener: ProjectionListener,
): Promise<Float64Array> {
  return projectToPlane(await readVectorFile(vectors), listener);
}
