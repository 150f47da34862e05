import type { Link, Root } from 'mdast';
import { findAndReplace } from 'mdast-util-find-and-replace';
import { readSegmentTimes } from '#api/segment-fields.ts';
import { formatTimecode, parseTimecode } from '#lib/time.ts';
import type { Turn } from '#shared/browser-data/conversations-store.ts';

/**
 * Splits a Markdown text into blocks that can be rendered one by one: what has been written stays as it is while the last
 * one grows, so that a long answer costs no more per token than a short one. Blocks joined by blank lines are the text.
 */
export function toAnswerBlocks(markdown: string): string[] {
  const blocks: string[] = [];
  let current: string[] = [];
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const opened = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (opened && fence === null) fence = opened;
    else if (opened && fence !== null && opened.startsWith(fence)) fence = null;
    // Indented lines go on with the list item above them.
    if (fence === null && line.trim() === '' && current.length > 0) {
      blocks.push(current.join('\n'));
      current = [];
    } else if (/^\s+\S/.test(line) && current.length === 0 && blocks.length > 0) {
      current = [`${blocks.pop()}\n`, line];
    } else if (line.trim() !== '' || fence !== null) current.push(line);
  }
  if (current.length > 0) blocks.push(current.join('\n'));
  return blocks;
}

/** Where links that stand for a second of the video point. */
export const TIME_LINK = '#t=';

const CLOCK = String.raw`\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?`;
const UNITS = String.raw`(?:\d+\s?h\s?)?(?:\d+\s?m(?:in)?\s?)?\d+(?:\.\d+)?\s?s(?:ec)?|\d+\s?h\s?\d+\s?m(?:in)?`;
const DASH = String.raw`\s*(?:[–—-]|to)\s*`;
/** `0:12`, `1:02:03`, `12s`, `2m10s`, and ranges of them, also `12–15 s`. */
const TIME_REFERENCE = new RegExp(
  String.raw`(?<![\d:.,])(?:(${CLOCK})(?:${DASH}${CLOCK})?|(\d+(?:\.\d+)?)${DASH}\d+(?:\.\d+)?\s?s|(${UNITS})(?:${DASH}(?:${UNITS}))?)(?!\w|:\d)`,
  'g',
);
const IN_UNITS = /^(?:(\d+)\s?h)?\s?(?:(\d+)\s?m(?:in)?)?\s?(?:(\d+(?:\.\d+)?)\s?s(?:ec)?)?$/;

/** Seconds of a time such as `1:02:03`, `12s` or `2m10s`; NaN for what is none. */
function toSeconds(text: string): number {
  const parts = IN_UNITS.exec(text.trim());
  if (!parts) return parseTimecode(text);
  const [, hours = '0', minutes = '0', seconds = '0'] = parts;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

/** A remark plugin: every time in a text becomes a link to its second, ranges to their start. Code is left alone. */
export function linkTimes() {
  return (tree: Root): void =>
    findAndReplace(
      tree,
      [
        TIME_REFERENCE,
        (text: string, clock?: string, start?: string, units?: string): Link | false => {
          const time = toSeconds(clock ?? start ?? units ?? '');
          if (!Number.isFinite(time)) return false;
          return { type: 'link', url: `${TIME_LINK}${time}`, children: [{ type: 'text', value: text }] };
        },
      ],
      { ignore: ['link', 'linkReference'] },
    );
}

interface Exported {
  readonly title: string;
  readonly turns: readonly Turn[];
}

const OUTCOME: Readonly<Record<Turn['state'], string | null>> = {
  done: null,
  streaming: null,
  stopped: '*(stopped)*',
  failed: '*(the answer failed)*',
};

/** A conversation as Markdown: each question a heading, each answer with the segments it rests on. */
export function conversationAsMarkdown(video: string, { title, turns }: Exported): string {
  const parts = turns.flatMap((turn) => [
    `## ${turn.question.replaceAll(/\s*\n\s*/g, ' ')}`,
    turn.answer.trim(),
    OUTCOME[turn.state] ?? '',
    turn.citations
      .map((citation) => {
        const { start, end } = readSegmentTimes(citation);
        const range = `${formatTimecode(start)}–${formatTimecode(end)}`;
        return `- ${range}${citation.text ? `: ${citation.text}` : ''}`;
      })
      .join('\n'),
  ]);
  return `${[`# ${title}`, `Video: ${video}`, ...parts].filter(Boolean).join('\n\n')}\n`;
}
