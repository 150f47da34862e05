import type { Generated } from 'kysely';
import type { MapStage } from '#api/contracts/map.ts';

/** Maps of selections that were asked for lately. */
export interface Projections {
  key: string;
  /** Pairs of doubles. */
  points: Buffer;
  owner: string | null;
  /** A digest of 16 bytes for each point: which segment it is, and of what its vector was made. */
  segments: Buffer | null;
  /** How many points there are, and how many of them a layout of all has placed: the others were added to it. */
  rows: Generated<number>;
  /** The answer of `/local/map` without addresses, and what it was made of (`map-answer.ts`); null for small maps. */
  fingerprint: Generated<string | null>;
  answer: Generated<Buffer | null>;
  settled_rows: Generated<number>;
  used_at: Generated<Date>;
}

/** Maps that are being computed in the background, by their key in `projections`. */
export interface ProjectionRuns {
  key: string;
  owner: string;
  segments: number;
  stage: MapStage;
  /** 0 to 1. */
  progress: number;
  /** Why it failed; null otherwise. */
  error: string | null;
  /** Until when the process that computes it has it for itself. */
  leased_until: Date;
  /** The layout as far as it is, and how often that was written. */
  draft: Generated<Buffer | null>;
  drafts: Generated<number>;
}

/** Owners who have opened the map of all their videos: it is computed ahead for them. */
export interface WholeMaps {
  owner: string;
  opened_at: Generated<Date>;
  /** Videos that became searchable by then are on a map that is known, or being computed. */
  prepared_at: Generated<Date>;
}
