import { isMover } from '../../tasks/vision/labels.ts';
import type { SegmentObservation } from '../../tasks/vision/observation.ts';
import { joined, listText, rangeText, type TextRange } from './text-ranges.ts';

/** One segment as an answer needs it. */
export interface AnswerSegment {
  readonly segment_id: string;
  readonly start_s: number;
  readonly end_s: number;
  readonly thumbnail: string;
  readonly caption: string;
  readonly observation: SegmentObservation;
}

export interface Retrieved extends AnswerSegment {
  readonly score: number;
}

export interface Material {
  readonly question: string;
  /** Every segment, in order. */
  readonly segments: readonly AnswerSegment[];
  /** The segments closest to the question, best first. */
  readonly retrieved: readonly Retrieved[];
  /** COCO labels that the question names, also by another word ("automobile", "people"). */
  readonly labels: readonly string[];
  /** Below this similarity a segment has little to do with a question. */
  readonly close: number;
}

export interface Composed {
  readonly answer: string;
  /** The segments that the answer rests on. */
  readonly cited: readonly AnswerSegment[];
}

const MAX_LINES = 12;
const MAX_CITED = 8;

const SUMMARY =
  /\b(summar|describe|overview|what happens|what is (this|in|going)|what's (this|in|going)|walk me through|everything)/i;
const COUNT = /\bhow many\b|\bnumber of\b|\bcount\b/i;

const toTextRange = ({ start_s, end_s, caption }: AnswerSegment): TextRange => ({
  start: start_s,
  end: end_s,
  text: caption,
});
const has = (label: string) => (segment: AnswerSegment) =>
  segment.observation.objects.some((object) => object.label === label);

function whereSeen(segments: readonly AnswerSegment[], label: string): string {
  const ranges = joined(segments.filter(has(label)).map((segment) => ({ ...toTextRange(segment), text: label })));
  return listText(ranges.map(rangeText), MAX_LINES);
}

function summary({ segments }: Material): Composed {
  const runs = joined(segments.map(toTextRange));
  const lines = runs.slice(0, MAX_LINES).map((run) => `- ${rangeText(run)}: ${run.text}`);
  const rest = runs.length - lines.length;
  const more = rest > 0 ? `\n\n${rest} further segments follow.` : '';
  const lively = segments.filter(({ observation }) => observation.objects.length > 0);
  return {
    answer: `What happens, in order:\n\n${lines.join('\n')}${more}`,
    cited: (lively.length > 0 ? lively : segments).slice(0, MAX_CITED),
  };
}

function count({ segments, labels }: Material): Composed {
  const seen: AnswerSegment[] = [];
  const sentences = labels.map((label) => {
    const found = segments.filter(has(label));
    const counts = found.map(
      ({ observation }) => observation.objects.find((object) => object.label === label)?.count ?? 0,
    );
    const most = Math.max(0, ...counts);
    if (most === 0) return `I did not see any ${label} in this video.`;
    seen.push(...found);
    const together =
      isMover(label) && found.length > 1 ? ' Some may be the same one seen again, so I cannot give a total.' : '';
    return `I saw at most ${most} ${label}${most === 1 ? '' : 's'} at once, at ${whereSeen(segments, label)}.${together}`.replace(
      'persons',
      'people',
    );
  });
  return { answer: sentences.join(' '), cited: seen.slice(0, MAX_CITED) };
}

function when({ segments, labels }: Material): Composed {
  const found = segments.filter((segment) => labels.some((label) => has(label)(segment)));
  const sentences = labels.map((label) => {
    const times = whereSeen(segments, label);
    return times ? `I saw a ${label} at ${times}.` : `I did not see a ${label}.`;
  });
  const captions = joined(found.map(toTextRange))
    .slice(0, 5)
    .map((run) => `- ${rangeText(run)}: ${run.text}`);
  return {
    answer: captions.length > 0 ? `${sentences.join(' ')}\n\n${captions.join('\n')}` : sentences.join(' '),
    cited: found.slice(0, MAX_CITED),
  };
}

function closest({ retrieved, segments, close: threshold }: Material): Composed {
  const close = retrieved.filter(({ score }) => score >= threshold).sort((a, b) => a.start_s - b.start_s);
  if (close.length === 0) {
    const things = [...new Set(segments.flatMap(({ observation }) => observation.objects.map(({ label }) => label)))];
    const instead = things.length > 0 ? ` What I did see: ${listText(things, 8)}.` : '';
    return { answer: `I did not see anything in this video that answers that.${instead}`, cited: [] };
  }
  const lines = close.map((segment) => `- ${rangeText(toTextRange(segment))}: ${segment.caption}`);
  return { answer: `The segments closest to your question:\n\n${lines.join('\n')}`, cited: close };
}

/**
 * An answer composed from what was seen, without a language model: a summary in order, a count, when something appears,
 * or the closest segments. It says so when nothing fits.
 */
export function composeAnswer(material: Material): Composed {
  if (SUMMARY.test(material.question)) return summary(material);
  if (material.labels.length === 0) return closest(material);
  return COUNT.test(material.question) ? count(material) : when(material);
}
