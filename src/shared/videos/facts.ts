import type { VideoDetails } from '#api/contracts/videos.ts';
import { formatTimecode } from '#lib/time.ts';

const DATE = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short' });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field of the metadata as people would read it; null for what is no fact. */
function readable(key: string, value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'number') {
    if (key === 'duration') return formatTimecode(value);
    if (/bit.?rate/i.test(key)) return `${Math.round(value / 1000).toLocaleString('en')} kbit/s`;
    if (key === 'rotation' && value === 0) return null;
    return value.toLocaleString('en', { maximumFractionDigits: 3 });
  }
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : null;
}

const getWords = (key: string) =>
  key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();

/** What is known of a video as labels and values, whatever the platform's metadata holds; groups one level deep. */
export function getFacts(video: VideoDetails): [label: string, value: string][] {
  const facts: [string, string][] = [];
  if (video.created_at) facts.push(['Added', DATE.format(new Date(video.created_at))]);
  if (video.status) facts.push(['Status', video.status.replaceAll('_', ' ')]);
  for (const [key, value] of Object.entries(video.video_metadata ?? {})) {
    const entries = isRecord(value) ? Object.entries(value) : [['', value] as const];
    for (const [inner, innerValue] of entries) {
      const text = readable(inner || key, innerValue);
      const label = getWords(inner ? `${key} ${inner}` : key);
      if (text !== null) facts.push([label.charAt(0).toUpperCase() + label.slice(1), text]);
    }
  }
  return facts;
}
