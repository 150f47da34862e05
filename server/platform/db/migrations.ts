import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import { CUE_WORDS } from './migrations/cue-words.ts';
import { LEASED_STAGES } from './migrations/leased-stages.ts';
import { MAP_DRAFTS } from './migrations/map-drafts.ts';
import { CHECK_STAGE, LADDER_STAGE } from './migrations/stage-kinds.ts';
import type { Tables } from './tables.ts';
import { recreateNextVectors } from './vector-index.ts';

const initial: Migration = {
  async up(db) {
    await sql`create extension if not exists vector`.execute(db);
    await sql`
      create table uploads (
        upload_id text primary key,
        owner text not null,
        video_id uuid not null unique,
        object_name text not null unique,
        filename text not null,
        content_type text not null,
        created_at timestamptz not null default now(),
        etag text
      )`.execute(db);
    await sql`
      create table videos (
        video_id uuid primary key,
        position integer generated always as identity,
        owner text not null,
        name text not null,
        object_name text not null,
        use_dynamic_hls boolean not null,
        metadata jsonb,
        created_at timestamptz not null default now()
      )`.execute(db);
    await sql`create index videos_by_owner on videos (owner, created_at desc, video_id)`.execute(db);
    await sql`
      create table stages (
        video_id uuid not null references videos on delete cascade,
        stage text not null check (stage in ('thumbnails', 'transcode', 'hls', 'analyse', 'search')),
        status text not null check (status in ('pending', 'in_progress', 'completed', 'failed')),
        percentage integer not null default 0 check (percentage between 0 and 100),
        error text,
        updated_at timestamptz not null default now(),
        primary key (video_id, stage)
      )`.execute(db);
    await sql`
      create table segments (
        segment_id uuid primary key,
        video_id uuid not null references videos on delete cascade,
        position integer not null,
        start_s double precision not null,
        end_s double precision not null,
        thumbnail text not null,
        caption text not null,
        observation jsonb not null,
        embedding vector(1024),
        unique (video_id, position)
      )`.execute(db);
    await sql`create table settings (name text primary key, value text not null)`.execute(db);
  },
};

const collections: Migration = {
  async up(db) {
    await sql`
      create table collections (
        collection_id uuid primary key,
        owner text not null,
        name text not null,
        description text,
        created_at timestamptz not null default now(),
        unique (owner, name)
      )`.execute(db);
    await sql`
      create table collection_videos (
        collection_id uuid not null references collections on delete cascade,
        video_id uuid not null references videos on delete cascade,
        added_at timestamptz not null default now(),
        primary key (collection_id, video_id)
      )`.execute(db);
  },
};

const credits: Migration = {
  async up(db) {
    await sql`
      create table credits (
        entry_id bigint primary key generated always as identity,
        owner text not null,
        kind text not null check (kind in ('storage', 'search', 'chat', 'embeddings')),
        amount integer not null,
        created_at timestamptz not null default now()
      )`.execute(db);
    await sql`create index credits_by_owner on credits (owner, kind)`.execute(db);
  },
};

const downloads: Migration = {
  async up(db) {
    await sql`alter table videos add column source_url text`.execute(db);
    await sql`alter table stages drop constraint stages_stage_check`.execute(db);
    await sql`
      alter table stages add constraint stages_stage_check
        check (stage in ('download', 'thumbnails', 'transcode', 'hls', 'analyse', 'search'))`.execute(db);
  },
};

const nearestIndex: Migration = {
  async up(db) {
    // Filled as segments come, which costs some milliseconds each; building it later would stop everything for minutes.
    await sql`create index segments_by_embedding on segments using hnsw (embedding vector_ip_ops)`.execute(db);
  },
};

const looks: Migration = {
  async up(db) {
    await sql`alter table videos add column observed_at timestamptz`.execute(db);
    await sql`
      update videos set observed_at = now()
      where exists (select from segments where segments.video_id = videos.video_id)`.execute(db);
    await sql`update segments set observation = observation || '{"faces": 0, "timeOfDay": null}'`.execute(db);
  },
};

const stageTimes: Migration = {
  async up(db) {
    await sql`alter table stages add column started_at timestamptz`.execute(db);
  },
};

/**
 * Makes the stages table the queue, objects versioned, parts rows, and deletion reversible for a day. Results of the
 * version before stay where they are: their keys are relative to the video's folder (`source`, `segments/00000.jpg`).
 */
const leasedStages: Migration = {
  async up(db) {
    for (const statement of LEASED_STAGES) await sql.raw(statement).execute(db);
  },
};

/** Lets objects be in a bucket, and several processes share what one used to have in its memory. */
const sharedState: Migration = {
  async up(db) {
    await sql`alter table uploads add column store_upload_id text, add column touched_at timestamptz not null default now()`.execute(
      db,
    );
    await sql`create index uploads_by_store_upload on uploads (store_upload_id) where store_upload_id is not null`.execute(
      db,
    );
    await sql`alter table videos add column swept_at timestamptz`.execute(db);
    await sql`create table orphans (video_id uuid primary key, found_at timestamptz not null)`.execute(db);
    await sql`
      create table projections (key text primary key, points bytea not null, used_at timestamptz not null default now())`.execute(
      db,
    );
    await sql`
      create table workers (worker_id uuid primary key, stages text[] not null, seen_at timestamptz not null default now())`.execute(
      db,
    );
    await sql`
      create table request_counts (owner text primary key, started_at timestamptz not null, count integer not null)`.execute(
      db,
    );
  },
};

/** Lets a map grow: a new one keeps the places of the one it is made from. */
const stableMaps: Migration = {
  async up(db) {
    await sql`
      alter table projections add column owner text, add column segments bytea, add column rows integer not null default 0,
        add column settled_rows integer not null default 0`.execute(db);
    await sql`create index projections_by_owner on projections (owner, used_at)`.execute(db);
  },
};

/** Lets the platform say that a file is there already. */
const sourceDigests: Migration = {
  async up(db) {
    await sql`alter table videos add column source_digest text`.execute(db);
    await sql`create index videos_by_source on videos (owner, source_digest) where source_digest is not null`.execute(
      db,
    );
  },
};

/** What is said in a video (tracks of cues) and what is written in its picture (cues without a track). */
const cues: Migration = {
  async up(db) {
    await sql`create extension if not exists pg_trgm`.execute(db);
    await sql`
      create table text_tracks (
        track_id uuid primary key,
        video_id uuid not null references videos on delete cascade,
        position integer not null,
        source text not null,
        language text,
        title text,
        created_at timestamptz not null default now()
      )`.execute(db);
    await sql`create index text_tracks_by_video on text_tracks (video_id)`.execute(db);
    await sql`
      create table cues (
        cue_id uuid primary key,
        video_id uuid not null references videos on delete cascade,
        track_id uuid references text_tracks on delete cascade,
        start_s double precision not null,
        end_s double precision not null,
        text text not null,
        original_text text,
        box real[],
        confidence real,
        config regconfig not null default 'simple',
        words tsvector generated always as (to_tsvector('simple', text) || to_tsvector(config, text)) stored
      )`.execute(db);
    await sql`create index cues_by_video on cues (video_id, start_s)`.execute(db);
    await sql`create index cues_by_track on cues (track_id)`.execute(db);
    await sql`create index cues_by_words on cues using gin (words)`.execute(db);
    await sql`create index cues_by_trigrams on cues using gin (text gin_trgm_ops)`.execute(db);
    await sql`alter table stages drop constraint stages_stage_check`.execute(db);
    await sql`
      alter table stages add constraint stages_stage_check
        check (stage in ('download', 'thumbnails', 'transcode', 'hls', 'speech', 'observe', 'analyse', 'search'))`.execute(
      db,
    );
  },
};

/** Lets maps be computed in the background, and ahead of being opened. */
const mapRuns: Migration = {
  async up(db) {
    await sql`
      create table projection_runs (
        key text primary key, owner text not null, segments integer not null, stage text not null, progress real not null,
        error text, leased_until timestamptz not null)`.execute(db);
    await sql`alter table projections add column fingerprint text, add column answer bytea`.execute(db);
    // Compressing millions of coordinates takes long and gains little.
    await sql`alter table projections alter column answer set storage external`.execute(db);
    await sql`
      create table whole_maps (
        owner text primary key, opened_at timestamptz not null default now(), prepared_at timestamptz not null default now())`.execute(
      db,
    );
  },
};

/** Lets vectors of another model be made beside those that are searched, to be compared and switched. */
const nextVectors: Migration = {
  async up(db) {
    await recreateNextVectors(db);
    // One row at most: what the second column of vectors holds.
    await sql`
      create table next_index (
        is_only boolean primary key default true check (is_only),
        model text not null,
        state text not null check (state in ('building', 'ready', 'previous')),
        is_paused boolean not null default false,
        error text,
        holder uuid,
        leased_until timestamptz not null default now(),
        switched_at timestamptz
      )`.execute(db);
    await sql`
      create table search_marks (
        owner text not null, query text not null, segment_id uuid not null references segments on delete cascade,
        is_right boolean not null, marked_at timestamptz not null default now(), primary key (owner, query, segment_id))`.execute(
      db,
    );
  },
};

/** Searches, and regions of maps, that people have saved. */
const savedSearches: Migration = {
  async up(db) {
    await sql`
      create table saved_searches (
        saved_search_id uuid primary key,
        owner text not null,
        name text not null,
        search jsonb not null,
        created_at timestamptz not null default now(),
        -- As exact as the programs that compare it.
        seen_at timestamptz not null default date_trunc('milliseconds', now()),
        new_hits integer not null default 0,
        counted_until timestamptz,
        counted_videos integer not null default 0
      )`.execute(db);
    await sql`create index saved_searches_by_owner on saved_searches (owner, created_at)`.execute(db);
    await sql`
      create table saved_regions (
        saved_region_id uuid primary key,
        owner text not null,
        name text not null,
        region jsonb not null,
        created_at timestamptz not null default now(),
        seen_at timestamptz not null default now()
      )`.execute(db);
    await sql`create index saved_regions_by_owner on saved_regions (owner, created_at)`.execute(db);
  },
};

const segmentsByStart: Migration = {
  async up(db) {
    // A cue belongs to the segment that it starts in, which is looked up for hundreds of cues in a search.
    await sql`create index segments_by_start on segments (video_id, start_s)`.execute(db);
  },
};

const migrations = {
  '001_initial': initial,
  '002_collections': collections,
  '003_credits': credits,
  '004_downloads': downloads,
  '005_nearest_index': nearestIndex,
  '006_looks': looks,
  '007_stage_times': stageTimes,
  '008_leased_stages': leasedStages,
  '009_shared_state': sharedState,
  '010_stable_maps': stableMaps,
  '011_source_digests': sourceDigests,
  '012_cues': cues,
  '013_map_runs': mapRuns,
  '014_next_vectors': nextVectors,
  '015_saved_searches': savedSearches,
  '016_cue_words': CUE_WORDS,
  '017_segments_by_start': segmentsByStart,
  '018_ladder_stage': LADDER_STAGE,
  '019_check_stage': CHECK_STAGE,
  '020_map_drafts': MAP_DRAFTS,
};

/** Brings the database to the schema that this version needs. Throws when it cannot. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: {
      getMigrations: async () => migrations,
    },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
