import { toPlural } from '../../embedding/describe.ts';
import { isMover } from '../../tasks/vision/labels.ts';
import type { SeenObject, SegmentObservation } from '../../tasks/vision/observation.ts';
import { getColor, getContentStems, mentions } from './question-words.ts';
import { answerFromQuotes, type Quote } from './quotes.ts';
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
  /** What is said and written, in order, and what of it holds the words of the question, best first. */
  readonly quotes: readonly Quote[];
  readonly matches: readonly Quote[];
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
const MAX_CAPTIONS = 5;
const MAX_SAID = 6;

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

function answerSummary({ segments, quotes }: Material): Composed {
  const runs = joined(segments.map(toTextRange));
  const lines = runs.slice(0, MAX_LINES).map((run) => `- ${rangeText(run)}: ${run.text}`);
  const rest = runs.length - lines.length;
  const more = rest > 0 ? `\n\n${rest} further segments follow.` : '';
  const said = quotes.filter(({ kind }) => kind === 'said').slice(0, MAX_SAID);
  const words = said.map(
    ({ start_s, end_s, text }) =>
      `- ${rangeText({ start: start_s, end: end_s, text })}: “${text.replace(/\s+/g, ' ')}”`,
  );
  const transcript = words.length > 0 ? `\n\nWhat is said:\n\n${words.join('\n')}` : '';
  const lively = segments.filter(({ observation }) => observation.objects.length > 0);
  return {
    answer: `What happens, in order:\n\n${lines.join('\n')}${more}${transcript}`,
    cited: (lively.length > 0 ? lively : segments).slice(0, MAX_CITED),
  };
}

function answerCount({ segments, labels }: Material): Composed {
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
    const name = most === 1 ? label : toPlural(label);
    return `I saw at most ${most} ${name} at once, at ${whereSeen(segments, label)}.${together}`;
  });
  return { answer: sentences.join(' '), cited: seen.slice(0, MAX_CITED) };
}

/** Captions of segments, those that touch and say the same as one line. */
const toLines = (segments: readonly AnswerSegment[], most: number): string[] =>
  joined(segments.map(toTextRange))
    .slice(0, most)
    .map((run) => `- ${rangeText(run)}: ${run.text}`);

const withArticle = (name: string) => `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;

const hasColor = ({ color, colors = [] }: SeenObject, asked: string) => color === asked || colors.includes(asked);

/** A sentence about one kind of thing, in the color and doing what the question asks for, and where it was seen. */
function toSighting({ question, segments, labels }: Material, label: string): { text: string; seen: AnswerSegment[] } {
  const seen = segments.filter(has(label));
  if (seen.length === 0) return { text: `I did not see ${withArticle(label)}.`, seen };
  const color = getColor(question);
  const stems = getContentStems(question, labels);
  // Words that no caption has are not held against a segment.
  const isAboutCaptions = segments.some(({ caption }) => mentions(caption, stems));
  const asked = seen.filter(
    ({ caption, observation }) =>
      (color === null || observation.objects.some((object) => object.label === label && hasColor(object, color))) &&
      (!isAboutCaptions || mentions(caption, stems)),
  );
  const name = color === null ? label : `${color} ${label}`;
  if (asked.length > 0) return { text: `I saw ${withArticle(name)} at ${whereSeen(asked, label)}.`, seen: asked };
  const missing = color === null ? `${withArticle(label)} like that` : withArticle(name);
  return { text: `I did not find ${missing}. I saw ${withArticle(label)} at ${whereSeen(seen, label)}.`, seen };
}

function answerWhen(material: Material): Composed {
  const sightings = material.labels.map((label) => toSighting(material, label));
  const seen = new Set(sightings.flatMap((sighting) => sighting.seen));
  const found = material.segments.filter((segment) => seen.has(segment));
  const text = sightings.map((sighting) => sighting.text).join(' ');
  const lines = toLines(found, MAX_CAPTIONS);
  return {
    answer: lines.length > 0 ? `${text}\n\n${lines.join('\n')}` : text,
    cited: found.slice(0, MAX_CITED),
  };
}

function answerFromClosest({ question, retrieved, segments, close: threshold }: Material): Composed {
  const stems = getContentStems(question);
  const mentioned = segments.filter(({ caption }) => mentions(caption, stems));
  if (mentioned.length > 0) {
    return {
      answer: `These segments match your question:\n\n${toLines(mentioned, MAX_LINES).join('\n')}`,
      cited: mentioned.slice(0, MAX_CITED),
    };
  }
  const close = retrieved.filter(({ score }) => score >= threshold).sort((a, b) => a.start_s - b.start_s);
  if (close.length === 0) {
    const things = [...new Set(segments.flatMap(({ observation }) => observation.objects.map(({ label }) => label)))];
    const instead = things.length > 0 ? ` Detected: ${listText(things, 8)}.` : '';
    return { answer: `I couldn’t find that in this video.${instead}`, cited: [] };
  }
  const lines = toLines(close, MAX_LINES);
  return { answer: `The segments closest to your question:\n\n${lines.join('\n')}`, cited: close };
}

/**
 * An answer composed from what was seen, said and written, without a language model: a summary in order, lines that match, a
 * count, when something appears, or the closest segments. It says so when nothing fits.
 */
export function composeAnswer(material: Material): Composed {
  if (SUMMARY.test(material.question)) return answerSummary(material);
  if (!COUNT.test(material.question)) {
    const quoted = answerFromQuotes(material);
    if (quoted) return quoted;
  }
  if (material.labels.length === 0) return answerFromClosest(material);
  return COUNT.test(material.question) ? answerCount(material) : answerWhen(material);
}
