import type { Db } from '../../db/database.ts';
import { HttpError, videoNotOwned } from '../../http/http-error.ts';
import { ownVideo } from '../../http/ownership.ts';
import { readVectors } from '../projection/segment-vectors.ts';

/** The vector of a segment of the caller's. Throws a 403 for an unknown one, as for one of another owner; a 409 without a vector. */
export async function getSegmentVector(db: Db, owner: string, segmentId: string): Promise<Float32Array> {
  const segment = await db
    .selectFrom('segments')
    .select((eb) => ['video_id', eb('embedding', 'is not', null).as('isSearchable')])
    .where('segment_id', '=', segmentId)
    .executeTakeFirst();
  if (!segment) throw videoNotOwned();
  await ownVideo(db, owner, segment.video_id);
  const [vector] = segment.isSearchable ? await readVectors(db, [segmentId]) : [];
  if (!vector) throw new HttpError(409, 'The video of this segment is not searchable yet.');
  return vector;
}
