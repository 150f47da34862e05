import { readSegmentTimes } from '#api/segment-fields.ts';
import { formatTimecode } from '#lib/time.ts';
import type { Turn } from '#shared/browser-data/conversations-store.ts';

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
