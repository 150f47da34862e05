import { type Migration, sql } from 'kysely';

/** A migration after which stages are of these kinds. */
const allowStages = (kinds: readonly string[]): Migration => ({
  async up(db) {
    await sql`alter table stages drop constraint stages_stage_check`.execute(db);
    const list = sql.join(kinds.map((kind) => sql.lit(kind)));
    await sql`alter table stages add constraint stages_stage_check check (stage in (${list}))`.execute(db);
  },
});

const BEFORE = ['download', 'thumbnails', 'transcode', 'hls', 'speech', 'observe', 'analyse', 'search'];

export const LADDER_STAGE = allowStages([...BEFORE, 'ladder']);
export const CHECK_STAGE = allowStages([...BEFORE, 'ladder', 'check']);
