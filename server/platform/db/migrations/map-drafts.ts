import { type Migration, sql } from 'kysely';

/** The layout of a map as far as it is, while it is being computed. */
export const MAP_DRAFTS: Migration = {
  async up(db) {
    await sql`
      alter table projection_runs add column draft bytea, add column drafts integer not null default 0`.execute(db);
    // Rewritten some times within minutes, and hardly smaller when compressed.
    await sql`alter table projection_runs alter column draft set storage external`.execute(db);
  },
};
