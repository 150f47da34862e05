import type { ChatMessage } from '#api/contracts/chat.ts';
import { toWords } from '../../embedding/concepts.ts';

/** Answers questions about the conversation itself ("What was my first question?") from its history. */

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

const FIRST = 'first|initial|original|very first';
const LAST = 'last|previous|latest|most recent|prior|preceding|very last';
const NTH = ORDINALS.slice(1).join('|');
const WHICH = `(?<which>${FIRST}|${LAST}|${NTH})`;
/** After a verb: "What did I ask first?", "… before?", "… just now?" */
const WHEN =
  '(?:at |in the )?(?<when>first|at the beginning|last|before|earlier|previously|just now|beginning)(?: (?:that|this|now|time))?';

const ASK_FOR = `^(?:(?:and|so|now|please|ok|okay|can you|could you|do you remember|tell me|remind me|recall|again) )*`;
const WHAT = `(?:what|which|repeat|quote)(?: (?:was|were|is|is again|s|one was))?(?: again)?`;
const END = '(?: again)?(?: please)?$';

const pattern = (...parts: string[]) => new RegExp(`${ASK_FOR}${parts.join(' ')}${END}`);

/** Questions are matched in lower case, with single spaces for punctuation. */
const ASKS_FOR_QUESTION = [
  pattern(WHAT, `my ${WHICH} (?:question|message)`),
  pattern(WHAT, `the ${WHICH} (?:thing|question)(?: that)? i (?:have |had )?asked(?: you)?`),
  pattern(`what(?: question)? (?:did|have) i (?<when>just|first|last) ask(?:ed)?(?: you)?`),
  pattern(`what(?: question)? (?:did|have) i ask(?:ed)?(?: you)?`, WHEN),
  pattern(`what i (?:just )?asked(?: you)?`, WHEN),
];
const ASKS_FOR_ANSWER = [
  pattern(WHAT, `your ${WHICH} (?:answer|reply|response)`),
  pattern(WHAT, `your (?:answer|reply|response) to (?:my|the) ${WHICH} question`),
  pattern(`(?:what|how) did you (?:answer|say|reply|respond)(?: to)? (?:my|the) ${WHICH} question`),
  pattern(`what did you (?<when>just|first|last) (?:answer|say|reply)`),
  pattern(`what did you (?:answer|say|reply)`, WHEN),
];
const ASKS_FOR_ALL = [
  pattern(`what(?: questions)? (?:did|have) i (?:asked|ask)(?: you)?(?: so far| until now)`),
  pattern(WHAT, `my (?:questions|previous questions|earlier questions)(?: so far)?`),
  pattern(`which questions (?:did|have) i (?:asked|ask)(?: you)?(?: so far| until now| before)?`),
];

interface Turn {
  readonly question: string;
  readonly answer: string | null;
}

/** Each question with the answer that followed it. */
function toTurns(history: readonly ChatMessage[]): Turn[] {
  return history.flatMap(({ role, content }, index) => {
    if (role !== 'user') return [];
    const next = history[index + 1];
    return [{ question: content, answer: next?.role === 'assistant' ? next.content : null }];
  });
}

/** The ordinal that a question uses for a turn; null when none of the patterns matches. */
function findOrdinal(question: string, patterns: readonly RegExp[]): string | null {
  for (const candidate of patterns) {
    const groups = candidate.exec(question)?.groups;
    const word = groups?.which ?? groups?.when;
    if (word !== undefined) return word;
  }
  return null;
}

const BEGINNING = new Set([...FIRST.split('|'), 'at the beginning', 'beginning']);

/** Which turn an ordinal means, from 0, and how an answer calls it. */
function toPosition(ordinal: string, turns: number): { index: number; name: string } {
  if (BEGINNING.has(ordinal)) return { index: 0, name: 'first' };
  const nth = ORDINALS.indexOf(ordinal);
  return nth > 0 ? { index: nth, name: ordinal } : { index: turns - 1, name: 'last' };
}

const quote = (text: string) => `“${text}”`;

/** The answer to a question about the conversation; null for any other question. */
export function answerFromHistory(question: string, history: readonly ChatMessage[]): string | null {
  const words = toWords(question).join(' ');
  const asked = findOrdinal(words, ASKS_FOR_QUESTION);
  const answered = findOrdinal(words, ASKS_FOR_ANSWER);
  const isAboutAll = ASKS_FOR_ALL.some((candidate) => candidate.test(words));
  const ordinal = asked ?? answered;
  if (ordinal === null && !isAboutAll) return null;
  const turns = toTurns(history);
  if (turns.length === 0) return 'This is the first question of this conversation.';
  if (ordinal === null) {
    const lines = turns.map((turn, index) => `${index + 1}. ${turn.question}`);
    return `You have asked, in order:\n\n${lines.join('\n')}`;
  }
  const { index, name } = toPosition(ordinal, turns.length);
  const turn = turns[index];
  if (!turn)
    return `There is no ${name} question: you have asked ${turns.length} ${turns.length === 1 ? 'question' : 'questions'} before this one.`;
  if (asked !== null) return `Your ${name} question was: ${quote(turn.question)}`;
  if (turn.answer === null) return `Your ${name} question, ${quote(turn.question)}, was not answered.`;
  return `My answer to your ${name} question, ${quote(turn.question)}, was:\n\n${turn.answer}`;
}
