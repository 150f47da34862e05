import type { ColumnType, Generated } from 'kysely';
import type { ProbeResult } from '../tasks/protocol.ts';
import type { SegmentObservation } from '../vision/observation.ts';

type Json<T> = ColumnType<T, string, string>;

export const UPLOAD_STAGES = ['thumbnails', 'transcode', 'hls'] as const;
export const PIPELINE_STAGES = ['analyse', 'search'] as const;
/** `download` comes before the others for videos that are fetched from elsewhere. */
export type Stage = 'download' | (typeof UPLOAD_STAGES)[number] | (typeof PIPELINE_STAGES)[number];

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
}

interface Videos {
  video_id: string;
  /** Order of arrival; the video's colour is derived from it. */
  position: Generated<number>;
  owner: string;
  name: string;
  object_name: string;
  use_dynamic_hls: boolean;
  /** Where the source is fetched from; null for what was uploaded. */
  source_url: string | null;
  metadata: Json<ProbeResult> | null;
  /** When its segments were last made; null when they have to be made (again). */
  observed_at: Date | null;
  created_at: Generated<Date>;
}

/** The state of each stage of each video: the truth that jobs are made from again after a crash. */
interface Stages {
  video_id: string;
  stage: Stage;
  status: StageStatus;
  percentage: Generated<number>;
  error: string | null;
  /** When the present run began; null while it waits. */
  started_at: Generated<Date | null>;
  updated_at: Generated<Date>;
}

interface Segments {
  segment_id: string;
  video_id: string;
  position: number;
  /** Seconds. */
  start_s: number;
  end_s: number;
  thumbnail: string;
  caption: string;
  observation: Json<SegmentObservation>;
  /** A pgvector literal, null until search-process has run. */
  embedding: string | null;
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
  created_at: Generated<Date>;
}

interface Settings {
  name: string;
  value: string;
}

export interface Tables {
  uploads: Uploads;
  videos: Videos;
  stages: Stages;
  segments: Segments;
  collections: Collections;
  collection_videos: CollectionVideos;
  credits: Credits;
  settings: Settings;
}
