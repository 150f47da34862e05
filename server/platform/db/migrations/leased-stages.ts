/** The statements of migration 008, in order. */
export const LEASED_STAGES: readonly string[] = [
  // Uploads: parts and the object's place are rows; one request at a time completes an upload, by a lease.
  `alter table uploads
     add column source_key text,
     add column size_bytes bigint,
     add column attempt integer not null default 0,
     add column leased_until timestamptz,
     add column aborted_at timestamptz`,
  `update uploads set source_key = 'source' where etag is not null`,
  `create index uploads_open on uploads (owner) where etag is null and aborted_at is null`,
  `create table upload_parts (
     upload_id text not null references uploads on delete cascade,
     part_number integer not null,
     etag text not null,
     size_bytes bigint not null,
     file text not null,
     primary key (upload_id, part_number)
   )`,

  // Videos: where the source is, how large it is, and when the video was moved to the trash.
  `alter table videos
     add column source_key text,
     add column size_bytes bigint,
     add column deleted_at timestamptz`,
  `update videos set source_key = 'source'`,
  `create index videos_deleted on videos (deleted_at) where deleted_at is not null`,

  // Stages: the queue.
  `alter table stages drop constraint stages_stage_check`,
  `alter table stages
     add column owner text,
     add column attempt integer not null default 0,
     add column tries integer not null default 0,
     add column deaths integer not null default 0,
     add column priority integer not null default 0,
     add column run_after timestamptz not null default now(),
     add column leased_until timestamptz,
     add column waits_for text,
     add column output jsonb,
     add column published_at timestamptz,
     add constraint stages_stage_check
       check (stage in ('download', 'thumbnails', 'transcode', 'hls', 'observe', 'analyse', 'search'))`,
  `update stages set owner = videos.owner from videos where videos.video_id = stages.video_id`,
  `alter table stages alter column owner set not null`,
  `update stages set published_at = updated_at where status = 'completed'`,
  // Looking at a video was part of both pipelines, and becomes a stage that both wait for.
  `insert into stages (video_id, owner, stage, status, percentage, published_at)
     select video_id, owner, 'observe', 'completed', 100, observed_at from videos where observed_at is not null`,
  `insert into stages (video_id, owner, stage, status)
     select distinct stages.video_id, stages.owner, 'observe', 'pending'
     from stages join videos using (video_id)
     where stage in ('analyse', 'search') and stages.status in ('pending', 'in_progress') and observed_at is null`,
  `update stages set status = 'pending', percentage = 0, started_at = null where status = 'in_progress'`,
  `update stages as waiting set waits_for = before.stage
     from stages as before
     where before.video_id = waiting.video_id and waiting.status = 'pending' and before.status = 'pending'
       and ((waiting.stage = 'hls' and before.stage = 'transcode')
         or (waiting.stage in ('thumbnails', 'transcode') and before.stage = 'download')
         or (waiting.stage in ('analyse', 'search') and before.stage = 'observe'))`,
  `alter table videos drop column observed_at`,
  `update segments set thumbnail = 'segments/' || thumbnail`,
  `create index stages_queue on stages (stage, owner, priority desc, run_after)
     where status in ('pending', 'in_progress')`,
  // Whose turn it is: owners are served one after the other, however much one of them has waiting.
  `create table owner_turns (
     owner text not null,
     stage text not null,
     claimed_at timestamptz not null default '-infinity',
     primary key (owner, stage)
   )`,
  `insert into owner_turns (owner, stage)
     select distinct owner, stage from stages where status in ('pending', 'in_progress')`,

  // Credits: a request that is sent again is charged once.
  `alter table credits add column request_key text`,
  `create unique index credits_once on credits (owner, request_key) where request_key is not null`,

  // What everything but the trash sees. A migration that adds columns to videos has to make it anew.
  `create view live_videos as select * from videos where deleted_at is null`,
  // The job queue of the version before.
  `drop schema if exists pgboss cascade`,
];
