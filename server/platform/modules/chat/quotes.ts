import { toSearchWords } from '../search/text-search.ts';
import type { AnswerSegment, Composed, Material } from './extractive.ts';
import { getContentStems } from './question-words.ts';
import { rangeText } from './text-ranges.ts';

/** Something that is said in a video, or written in its picture. */
export interface Quote {
  readonly kind: 'said' | 'written';
  readonly start_s: number;
  readonly end_s: number;
  readonly text: string;
}

const MAX_QUOTES = 8;

const ASKS_SAID =
  /\b(say|says|said|saying|mention\w*|talk\w*|speak\w*|spoke|spoken|hear|heard|transcript|narrat\w*)\b/i;
const ASKS_WRITTEN = /\b(written|writing|reads?|signs?|on[- ]screen|texts?|label(?:l?ed|s)?|caption\w*|title)\b/i;

/** Words that ask for words, and name none themselves. */
const ASKING_WORDS = ['screen', 'words', 'word', 'else'];

/** What a question looks for in texts: its words without those that only ask. */
export function toTextTerms(question: string): string {
  const phrases = question.match(/["“”][^"“”]+["“”]/g) ?? [];
  const kept = toSearchWords(question).filter(
    (word) =>
      !ASKS_SAID.test(word) &&
      !ASKS_WRITTEN.test(word) &&
      !ASKING_WORDS.includes(word) &&
      // Numbers, and words in other alphabets, have no stems.
      (/[^a-z]/.test(word) || getContentStems(word).length > 0),
  );
  return [...phrases, ...kept].join(' ');
}

const toLine = (quote: Quote) =>
  `- ${rangeText({ start: quote.start_s, end: quote.end_s, text: '' })}, ${quote.kind === 'said' ? 'said' : 'on screen'}: “${quote.text.replace(/\s+/g, ' ')}”`;

function listQuotes(head: string, quotes: readonly Quote[], segments: readonly AnswerSegment[]): Composed {
  const shown = quotes.slice(0, MAX_QUOTES).sort((a, b) => a.start_s - b.start_s);
  const rest = quotes.length - shown.length;
  const cited = shown.flatMap((quote) => {
    const segment = segments.find(({ start_s, end_s }) => quote.start_s >= start_s - 0.001 && quote.start_s < end_s);
    return segment ? [{ ...segment, start_s: quote.start_s }] : [];
  });
  const unique = [...new Map(cited.map((segment) => [segment.segment_id, segment])).values()];
  return {
    answer: `${head}\n\n${shown.map(toLine).join('\n')}${rest > 0 ? `\n\n${rest} further lines.` : ''}`,
    cited: unique,
  };
}

/**
 * An answer from what is said and written: the lines that hold the words of the question, or all of them where it asks for no
 * words in particular. Null where the question is not about words.
 */
export function answerFromQuotes({ question, segments, quotes, matches }: Material): Composed | null {
  const [asksSaid, asksWritten] = [ASKS_SAID.test(question), ASKS_WRITTEN.test(question)];
  const isAsked = ({ kind }: Quote) => (!asksSaid && !asksWritten) || (kind === 'said' ? asksSaid : asksWritten);
  const found = matches.filter(isAsked);
  if (found.length > 0) return listQuotes('These lines match your question:', found, segments);
  if (!asksSaid && !asksWritten) return null;
  const known = quotes.filter(isAsked);
  const where = asksSaid ? 'what is said in this video' : 'the text in this picture';
  if (known.length === 0) {
    // A question about signs or labels may be about things that were detected.
    return asksSaid ? { answer: 'This video has no transcript.', cited: [] } : null;
  }
  if (toTextTerms(question) !== '') return { answer: `I couldn’t find that in ${where}.`, cited: [] };
  return listQuotes(asksSaid ? 'What is said, in order:' : 'What is written in the picture:', known, segments);
}
