import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { Stage, StageOutput, StageStatus } from './tables.ts';

export interface StageState {
  readonly status: StageStatus;
  readonly percentage: number;
  readonly error: string | null;
  /** When its present run began and ended (ISO 8601); null when it has not. */
  readonly started_at: string | null;
  readonly ended_at: string | null;
  /** True once it has completed: what it published is served, also while it runs again. */
  readonly isPublished: boolean;
  readonly output: StageOutput | null;
}

export type StageStates = Partial<Record<Stage, StageState>>;

/** Fraction of a pipeline's progress that the `observe` stage it waits for stands for. */
export const OBSERVE_FRACTION: Partial<Record<Stage, number>> = { analyse: 0.99, search: 0.9 };

interface StageRow {
  stage: Stage;
  status: StageStatus;
  percentage: number;
  error: string | null;
  started_at: Date | null;
  updated_at: Date;
  waits_for: Stage | null;
  output: StageOutput | null;
  published_at: Date | null;
}

function toState(row: StageRow, analysis: StageRow | undefined): StageState {
  const fraction = OBSERVE_FRACTION[row.stage] ?? 0;
  const isAnalyzing = row.waits_for === 'observe' && analysis?.status === 'in_progress';
  // A pipeline whose first part is done has begun, whether or not a worker has taken up the rest.
  const hasBegun = row.status === 'pending' && row.percentage > 0;
  const status = isAnalyzing || hasBegun ? 'in_progress' : row.status;
  const startedAt = isAnalyzing ? analysis.started_at : row.started_at;
  const hasEnded = startedAt !== null && (status === 'completed' || status === 'failed');
  return {
    status,
    percentage: isAnalyzing ? Math.floor(analysis.percentage * fraction) : row.percentage,
    error: row.error,
    started_at: startedAt?.toISOString() ?? null,
    ended_at: hasEnded ? row.updated_at.toISOString() : null,
    isPublished: row.published_at !== null,
    output: row.output,
  };
}

/** The stages of several videos at once, by video id. */
export async function getStageStates(db: Db, videoIds: readonly string[]): Promise<Map<string, StageStates>> {
  const rowsByVideo = new Map<string, StageRow[]>();
  if (videoIds.length > 0) {
    const rows = await db
      .selectFrom('stages')
      .select(['video_id', 'stage', 'status', 'percentage', 'error', 'started_at', 'updated_at', 'waits_for'])
      .select(['output', 'published_at'])
      .where('video_id', '=', sql<string>`any(${[...videoIds]}::uuid[])`)
      .execute();
    for (const row of rows) rowsByVideo.set(row.video_id, [...(rowsByVideo.get(row.video_id) ?? []), row]);
  }
  return new Map(
    videoIds.map((id) => {
      const rows = rowsByVideo.get(id) ?? [];
      const analysis = rows.find(({ stage }) => stage === 'observe');
      return [id, Object.fromEntries(rows.map((row) => [row.stage, toState(row, analysis)]))];
    }),
  );
}
