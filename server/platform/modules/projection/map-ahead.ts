import { sql } from 'kysely';
import type { Platform } from '../../context.ts';
import { HttpError } from '../../http/http-error.ts';
import { getSearchableScope } from '../../http/ownership.ts';
import { readMapSegments, toMapRequest } from './map-segments.ts';
import { getMapKey } from './projection-service.ts';

const INTERVAL_MS = 10_000;

/** Whose map of all videos has become old, and whose queue is at rest: each is given to one caller. */
export async function claimOwners({ db }: Pick<Platform, 'db'>): Promise<string[]> {
  const { rows } = await sql<{ owner: string }>`
    update whole_maps set prepared_at = now()
    where exists (select from stages where owner = whole_maps.owner and stage = 'search' and published_at > prepared_at)
      and not exists (select from stages where owner = whole_maps.owner and status in ('pending', 'in_progress'))
    returning owner`.execute(db);
  return rows.map(({ owner }) => owner);
}

async function prepareMap(platform: Platform, owner: string): Promise<void> {
  const { videoIds } = await getSearchableScope(platform.db, owner, { all_videos: true });
  const request = await toMapRequest(platform, owner, await readMapSegments(platform.readDb, videoIds));
  if (!(await platform.maps.find(getMapKey(request)))) await platform.mapRuns.start(request);
}

/** Computes the map of all videos of an owner who has opened it before, when new videos have become searchable. */
export function startMapAhead(platform: Platform): () => void {
  let isBusy = false;
  const look = async () => {
    if (isBusy) return;
    isBusy = true;
    const fail = (error: unknown) => {
      // Too few segments for a map is nothing to tell of.
      if (!(error instanceof HttpError)) platform.log.warn({ err: error }, 'A map could not be prepared');
    };
    try {
      for (const owner of await claimOwners(platform)) await prepareMap(platform, owner).catch(fail);
    } catch (error) {
      fail(error);
    } finally {
      isBusy = false;
    }
  };
  // What became old while nobody was there, too.
  void look();
  const timer = setInterval(() => void look(), INTERVAL_MS);
  return () => clearInterval(timer);
}
