import Markdown from 'react-markdown';
import { formatClock, parseTimecode } from '#lib/time.ts';
import type { Turn } from '#stores/conversations.ts';
import classes from './chat.module.css';
import { linkTimes, TIME_LINK } from './link-times.ts';

/** An answer with its times as buttons and the moments it rests on as pictures. */
export function Answer({ turn, onSeek }: { turn: Turn; onSeek(seconds: number): void }) {
  return (
    <>
      <div className={classes.answer} data-state={turn.state}>
        <Markdown
          components={{
            a: ({ href, children }) =>
              href?.startsWith(TIME_LINK) ? (
                <button
                  type="button"
                  className={classes.time}
                  onClick={() => onSeek(Number(href.slice(TIME_LINK.length)))}
                >
                  {children}
                </button>
              ) : (
                <span>{children}</span>
              ),
            // An answer may name pictures, but must not make the browser fetch from anywhere.
            img: ({ alt }) => <span>{alt}</span>,
          }}
        >
          {linkTimes(turn.answer)}
        </Markdown>
      </div>
      {turn.citations.length > 0 && (
        <ul className={classes.citations} aria-label="Moments this answer rests on">
          {turn.citations.map((citation) => {
            const start = parseTimecode(citation.start);
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
