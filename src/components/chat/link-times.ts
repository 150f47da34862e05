import { parseTimecode } from '#lib/time.ts';

/** Where links that stand for a second of the video point. */
export const TIME_LINK = '#t=';

const TIME = String.raw`\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?`;
const MOMENT = new RegExp(String.raw`\b(${TIME})(?:\s*[–-]\s*(${TIME}))?\b|\b(\d+(?:\.\d+)?)\s?s\b`, 'g');

/** Makes every time in a Markdown text a link to its second: `0:12`, `1:02:03`, `12s`, and ranges to their start. */
export function linkTimes(markdown: string): string {
  return markdown.replace(
    MOMENT,
    (text, start: string | undefined, _end: string | undefined, seconds: string | undefined) => {
      const time = start ? parseTimecode(start) : Number(seconds);
      return Number.isFinite(time) ? `[${text}](${TIME_LINK}${time})` : text;
    },
  );
}
