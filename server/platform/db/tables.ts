import type { ColumnType, Generated } from 'kysely';
import type { SavedRegion, SavedSearch } from '#api/contracts/requests.ts';
import type { Rendition, Shots, SubtitleTrack, TrackLabel, VideoMetadata } from '../tasks/protocol.ts';
import type { SegmentObservation } from '../tasks/vision/observation.ts';
import type { ProjectionRuns, Projections, WholeMaps } from './map-tables.ts';

type Json<T> = ColumnType<T, string, string>;

export const UPLOAD_STAGES = ['thumbnails', 'transcode', 'hls'] as const;
export const PIPELINE_STAGES = ['analyse', 'search'] as const;
/**
 * `download` comes before the others for videos that are fetched from elsewhere; `check` decodes a rendition that was copied;
 * `ladder` adds smaller renditions to the HLS package, where these are asked for; `speech` recognizes what is said, where that
 * is configured; `observe` analyzes a video for both pipelines: it cuts it into segments and detects what is in each.
 */
export const STAGES = [
  'download',
  ...UPLOAD_STAGES,
  'check',
  'ladder',
  'speech',
  'observe',
  ...PIPELINE_STAGES,
] as const;
export type Stage = (typeof STAGES)[number];

export type StageStatus = 'pending' | 'in_progress' | 'completed' | 'failed';

interface Uploads {
  upload_id: string;
  owner: string;
  video_id: string;
  object_name: string;
  filename: string;
  content_type: string;
  created_at: Generated<Date>;
  /** Set once the parts are joined: the object is durable from then on. */
  etag: string | null;
  /** The object, relative to the video; final once `etag` is set. */
  source_key: Generated<string | null>;
  size_bytes: OptionalBytes;
  /** Counts the requests that have begun to join the parts; the last one alone may publish its object. */
  attempt: Generated<number>;
  /** Until when a request that is joining the parts has them for itself. */
  leased_until: Generated<Date | null>;
  aborted_at: Generated<Date | null>;
  /** The object store's own id of the upload; `source_key` is set with it. */
  store_upload_id: Generated<string | null>;
  /** When a part was last sent, or asked for where to send it. */
  touched_at: Generated<Date>;
}

/** A `bigint`: `pg` reads it as text. */
type Bytes = ColumnType<string | number, number, number>;
type OptionalBytes = ColumnType<string | number | null, number | null | undefined, number | null>;

interface UploadParts {
  upload_id: string;
  part_number: number;
  etag: string;
  size_bytes: Bytes;
  /** File name in the upload's folder. */
  file: string;
}

interface Videos {
  video_id: string;
  /** Order of arrival; the video's color is derived from it. */
  position: Generated<number>;
  owner: string;
  name: string;
  object_name: string;
  use_dynamic_hls: boolean;
  /** Where the source is fetched from; null for what was uploaded. */
  source_url: string | null;
  /** The source file, relative to the video's folder; null until it has been fetched. */
  source_key: Generated<string | null>;
  size_bytes: OptionalBytes;
  metadata: Json<VideoMetadata> | null;
  created_at: Generated<Date>;
  /** When it was moved to the trash. */
  deleted_at: Generated<Date | null>;
  /** Of the source file (`getSourceDigest`); null until it has been read. */
  source_digest: Generated<string | null>;
  /** When housekeeping last looked for what attempts have left. */
  swept_at: Generated<Date | null>;
}

/** What a stage has published. File names are relative to the video's folder. */
export interface StageOutput {
  /** Size of what was written, in bytes. */
  readonly bytes?: number;
  readonly poster?: string;
  readonly renditions?: readonly Rendition[];
  /** Tracks of the largest rendition; absent for one of version 0.1. */
  readonly audioTracks?: readonly TrackLabel[];
  readonly subtitleTracks?: readonly SubtitleTrack[];
  /** `RENDITION_VERSION` of the program that made the renditions; absent for those of version 0.1. */
  readonly version?: number;
  /** Of the largest rendition, once it is encoded or checked; absent for those of earlier versions. */
  readonly shots?: Shots;
  /** Set when a rendition cannot be copied after all. */
  readonly isDamaged?: boolean;
  /** Folder of the HLS package. */
  readonly hls?: string;
  /** A strip of pictures from all over the video. */
  readonly scrub?: string;
}

/** The state of each stage of each video, which is also the job queue: see `jobs/stage-queue.ts`. */
interface Stages {
  video_id: string;
  owner: string;
  stage: Stage;
  status: StageStatus;
  percentage: Generated<number>;
  error: string | null;
  /** When the present run began; null while it waits. */
  started_at: Generated<Date | null>;
  updated_at: Generated<Date>;
  /** Fencing token: counts the claims. Only the holder of the current one may write. */
  attempt: Generated<number>;
  /** Failed attempts since the stage was enqueued. */
  tries: Generated<number>;
  /** Workers that stopped renewing their lease since the stage was enqueued. */
  deaths: Generated<number>;
  priority: Generated<number>;
  run_after: Generated<Date>;
  leased_until: Generated<Date | null>;
  /** The stage of the same video that has to complete first. */
  waits_for: Generated<Stage | null>;
  output: ColumnType<StageOutput | null, string | null | undefined, string | null>;
  /** When it last completed; what it published then is served until the next run completes. */
  published_at: Generated<Date | null>;
}

interface OwnerTurns {
  owner: string;
  stage: Stage;
  claimed_at: Generated<Date>;
}

interface Segments {
  segment_id: string;
  video_id: string;
  position: number;
  /** Seconds. */
  start_s: number;
  end_s: number;
  /** The picture, relative to the video's folder. */
  thumbnail: string;
  caption: string;
  observation: Json<SegmentObservation>;
  /** A pgvector literal, null until search-process has run. */
  embedding: string | null;
  /** The same by another model: see `next_index`. */
  embedding_next: Generated<string | null>;
}

/** `building` and `ready` are to be switched to; `previous` was switched from. */
export type NextIndexState = 'building' | 'ready' | 'previous';

/** What `segments.embedding_next` holds; one row at most. */
interface NextIndex {
  is_only: Generated<boolean>;
  model: string;
  state: NextIndexState;
  is_paused: Generated<boolean>;
  error: string | null;
  /** The process that fills it, until its lease lapses. */
  holder: string | null;
  leased_until: Generated<Date>;
  switched_at: Date | null;
}

/** What people say of hits, to compare models by. */
interface SearchMarks {
  owner: string;
  query: string;
  segment_id: string;
  is_right: boolean;
  marked_at: Generated<Date>;
}

/** `embedded` in the source, a `file` that was added, or `recognized` from the sound. */
export type TextTrackSource = 'embedded' | 'file' | 'recognized';

interface TextTracks {
  track_id: string;
  video_id: string;
  position: number;
  source: TextTrackSource;
  /** BCP 47; null where it is not known. */
  language: string | null;
  title: string | null;
  created_at: Generated<Date>;
}

/** What is said (in a track) or written in the picture (without one) for a while. */
interface Cues {
  cue_id: string;
  video_id: string;
  track_id: string | null;
  /** Seconds. */
  start_s: number;
  end_s: number;
  text: string;
  /** The text before it was edited; null when it was not. */
  original_text: string | null;
  /** Where it is written: left, top, right, bottom as fractions of the picture. */
  box: number[] | null;
  /** Of the reading, 0 to 1. */
  confidence: number | null;
  /** The text search configuration of Postgres for its language. */
  config: Generated<string>;
  /** For full-text search; made by the database. */
  words: ColumnType<string, never, never>;
}

/** A search that somebody has saved, and how many hits are new since it was last opened. */
interface SavedSearches {
  saved_search_id: string;
  owner: string;
  name: string;
  search: Json<SavedSearch>;
  created_at: Generated<Date>;
  /** When it was last opened: hits in videos that became searchable later are new. */
  seen_at: Generated<Date>;
  new_hits: Generated<number>;
  /** The last of those videos, and how many they were, when the new hits were counted; null before the first count. */
  counted_until: Generated<Date | null>;
  counted_videos: Generated<number>;
}

/** A part of a map that somebody has saved. */
interface SavedRegions {
  saved_region_id: string;
  owner: string;
  name: string;
  region: Json<SavedRegion>;
  created_at: Generated<Date>;
  /** When it was last opened: videos that became searchable later are new. */
  seen_at: Generated<Date>;
}

interface Collections {
  collection_id: string;
  owner: string;
  name: string;
  description: string | null;
  created_at: Generated<Date>;
}

interface CollectionVideos {
  collection_id: string;
  video_id: string;
  added_at: Generated<Date>;
}

export type CreditKind = 'storage' | 'search' | 'chat' | 'embeddings';

/** What was charged, and what was given back (negative). */
interface Credits {
  entry_id: Generated<number>;
  owner: string;
  kind: CreditKind;
  amount: number;
  /** Names what was charged, so that it is charged once; null for what is charged each time. */
  request_key: Generated<string | null>;
  created_at: Generated<Date>;
}

/** Videos that objects were found of, and no row. */
interface Orphans {
  video_id: string;
  found_at: Date;
}

/** Workers that are alive: each writes its row again and again. */
interface Workers {
  worker_id: string;
  stages: string[];
  seen_at: Generated<Date>;
}

interface Settings {
  name: string;
  value: string;
}

export interface Tables {
  uploads: Uploads;
  upload_parts: UploadParts;
  videos: Videos;
  /** The videos that are not in the trash. */
  live_videos: Videos;
  stages: Stages;
  owner_turns: OwnerTurns;
  segments: Segments;
  text_tracks: TextTracks;
  cues: Cues;
  saved_searches: SavedSearches;
  saved_regions: SavedRegions;
  collections: Collections;
  collection_videos: CollectionVideos;
  credits: Credits;
  orphans: Orphans;
  projections: Projections;
  projection_runs: ProjectionRuns;
  whole_maps: WholeMaps;
  settings: Settings;
  next_index: NextIndex;
  search_marks: SearchMarks;
  workers: Workers;
}
