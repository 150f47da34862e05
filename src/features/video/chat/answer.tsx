import { memo } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { readSegmentTimes } from '#api/segment-fields.ts';
import { formatClock } from '#lib/time.ts';
import type { Turn } from '#shared/browser-data/conversations-store.ts';
import classes from './chat.module.css';
import { linkTimes, TIME_LINK, toAnswerBlocks } from './conversation-text.ts';

const PLUGINS = [remarkGfm, linkTimes];

const components: Components = {
  a: ({ href, children }) =>
    href?.startsWith(TIME_LINK) ? (
      <button type="button" className={classes.time} data-seconds={href.slice(TIME_LINK.length)}>
        {children}
      </button>
    ) : (
      <span>{children}</span>
    ),
  // An answer may name pictures, but must not make the browser fetch from anywhere.
  img: ({ alt }) => <span>{alt}</span>,
};

/** A part of an answer; rendered again only when it grows. */
const Block = memo(function Block({ markdown }: { markdown: string }) {
  return (
    <Markdown remarkPlugins={PLUGINS} components={components}>
      {markdown}
    </Markdown>
  );
});

/** An answer with its times as buttons and the segments it rests on as pictures. */
export function Answer({ turn, onSeek }: { turn: Turn; onSeek(seconds: number): void }) {
  const seek = (event: React.MouseEvent) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-seconds]') : null;
    if (button) onSeek(Number(button.dataset.seconds));
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the times within are buttons; this is where their presses arrive */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: buttons press with the keyboard by themselves */}
      <div className={classes.answer} data-state={turn.state} onClick={seek}>
        {toAnswerBlocks(turn.answer).map((markdown, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks only ever grow at the end
          <Block key={index} markdown={markdown} />
        ))}
      </div>
      {turn.citations.length > 0 && (
        <ul className={classes.citations} aria-label="Sources">
          {turn.citations.map((citation) => {
            const { start } = readSegmentTimes(citation);
            return (
              <li key={citation.segment_id}>
                <button
                  type="button"
                  onClick={() => onSeek(start)}
                  aria-label={`Play from ${formatClock(start)}`}
                  title={citation.text ?? undefined}
                >
                  {citation.thumbnail_url ? <img src={citation.thumbnail_url} alt="" /> : null}
                  <span>{formatClock(start)}</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}
