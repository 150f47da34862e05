import type { Kysely } from 'kysely';
import type { Stage, StageStatus, Tables } from './tables.ts';

export interface StageState {
  readonly status: StageStatus;
  readonly percentage: number;
  readonly error: string | null;
  /** When its present run began and ended (ISO 8601); null when it has not. */
  readonly started_at: string | null;
  readonly ended_at: string | null;
}

export type StageStates = Partial<Record<Stage, StageState>>;

/** The stages of several videos at once, by video id. */
export async function stagesOf(db: Kysely<Tables>, videoIds: readonly string[]): Promise<Map<string, StageStates>> {
  const byVideo = new Map<string, StageStates>(videoIds.map((id) => [id, {}]));
  if (videoIds.length === 0) return byVideo;
  const rows = await db
    .selectFrom('stages')
    .selectAll()
    .where('video_id', 'in', [...videoIds])
    .execute();
  for (const { video_id, stage, status, percentage, error, started_at, updated_at } of rows) {
    const states = byVideo.get(video_id);
    const ended = started_at !== null && (status === 'completed' || status === 'failed');
    if (!states) continue;
    states[stage] = {
      status,
      percentage,
      error,
      started_at: started_at?.toISOString() ?? null,
      ended_at: ended ? updated_at.toISOString() : null,
    };
  }
  return byVideo;
}

/** Notes that a stage begins to run now. */
export async function beginStage(db: Kysely<Tables>, videoId: string, stage: Stage): Promise<void> {
  await setStage(db, videoId, stage, { status: 'in_progress', percentage: 0 });
  const started_at = new Date();
  await db
    .updateTable('stages')
    .set({ started_at })
    .where('video_id', '=', videoId)
    .where('stage', '=', stage)
    .execute();
}

/** Puts a stage into a state, whether or not it has been seen before. Does nothing when the video is gone. */
export async function setStage(
  db: Kysely<Tables>,
  videoId: string,
  stage: Stage,
  state: { status: StageStatus; percentage: number; error?: string },
): Promise<void> {
  const waits = state.status === 'pending' ? { started_at: null } : {};
  const values = { ...state, ...waits, error: state.error ?? null, updated_at: new Date() };
  await db
    .insertInto('stages')
    .columns(['video_id', 'stage', 'status', 'percentage', 'error', 'updated_at'])
    .expression((eb) =>
      eb
        .selectFrom('videos')
        .where('video_id', '=', videoId)
        .select((select) => [
          'video_id',
          select.val(stage).as('stage'),
          select.val(values.status).as('status'),
          select.cast<number>(select.val(values.percentage), 'integer').as('percentage'),
          select.cast<string | null>(select.val(values.error), 'text').as('error'),
          select.cast<Date>(select.val(values.updated_at), 'timestamptz').as('updated_at'),
        ]),
    )
    .onConflict((conflict) => conflict.columns(['video_id', 'stage']).doUpdateSet(values))
    .execute();
}
