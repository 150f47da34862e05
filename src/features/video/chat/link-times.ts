import type { Link, Root } from 'mdast';
import { findAndReplace } from 'mdast-util-find-and-replace';
import { parseTimecode } from '#lib/time.ts';

/** Where links that stand for a second of the video point. */
export const TIME_LINK = '#t=';

const CLOCK = String.raw`\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?`;
const UNITS = String.raw`(?:\d+\s?h\s?)?(?:\d+\s?m(?:in)?\s?)?\d+(?:\.\d+)?\s?s(?:ec)?|\d+\s?h\s?\d+\s?m(?:in)?`;
const DASH = String.raw`\s*(?:[–—-]|to)\s*`;
/** `0:12`, `1:02:03`, `12s`, `2m10s`, and ranges of them, also `12–15 s`. */
const MOMENT = new RegExp(
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
        MOMENT,
        (text: string, clock?: string, start?: string, units?: string): Link | false => {
          const time = toSeconds(clock ?? start ?? units ?? '');
          if (!Number.isFinite(time)) return false;
          return { type: 'link', url: `${TIME_LINK}${time}`, children: [{ type: 'text', value: text }] };
        },
      ],
      { ignore: ['link', 'linkReference'] },
    );
}
