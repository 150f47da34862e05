import { z } from 'zod/mini';
import { createVideoRecords } from './video-records.ts';

const VERDICTS = ['reviewed', 'kept', 'rejected'] as const;
/** What a person has decided about a search result; `reviewed` is neither kept nor rejected. */
export type Verdict = (typeof VERDICTS)[number];

const videoReviewsSchema = z.object({
  id: z.string(),
  /** By the segment's start in milliseconds. */
  verdicts: z.record(z.string(), z.enum(VERDICTS)),
});
type VideoReviews = z.infer<typeof videoReviewsSchema>;
const records = createVideoRecords<Omit<VideoReviews, 'id'>>('studio-reviews', videoReviewsSchema, { verdicts: {} });

/** Verdicts on segments, one record per video, stored in this browser. */
export const useReviews = records.useRecords;
export const forgetReviews = records.forget;
export const clearReviews = records.clear;

interface SegmentKey {
  readonly videoId: string;
  /** Milliseconds. */
  readonly startMs: number;
}

export const getVerdict = (
  state: ReturnType<typeof useReviews.getState>,
  { videoId, startMs }: SegmentKey,
): Verdict | null => records.get(state, videoId).verdicts[startMs] ?? null;

/** Sets the verdict on a segment, or takes it back when it is the one that is set. */
export const toggleVerdict = ({ videoId, startMs }: SegmentKey, verdict: Verdict): void =>
  records.change(videoId, ({ verdicts: { [startMs]: current, ...others } }) => ({
    verdicts: current === verdict ? others : { ...others, [startMs]: verdict },
  }));
