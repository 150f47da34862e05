import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { processAndWait, uploadAndWait } from '../e2e/clips/processed-clip.ts';
import { makeSource, SD_PIXELS } from '../e2e/clips/sources/make-source.ts';
import { startStudio } from '../e2e/studio.ts';
import { PROJECT_ROOT } from '../server/project-root.ts';
import { createClient } from '../src/api/client.ts';
import type { SearchOption } from '../src/api/contracts/search.ts';
import { readSegmentTimes } from '../src/api/segment-fields.ts';
import { record } from './record.ts';

/** Recall of searches for what is seen, said and written, on clips that are made for it and marked here. */

/** Seconds of the only segment that has the words. */
const WORDS_AT = { start: 5, end: 7 };
const SECONDS = 12;

const CLIPS = [
  { color: 'red', said: 'The pump in hall three is leaking.', written: 'PUMP HALL 3' },
  { color: 'green', said: 'Please close the gate after the delivery.', written: 'GATE B - NO PARKING' },
  { color: 'blue', said: 'The inspection starts at nine tomorrow.', written: 'ROOM 214' },
  { color: 'yellow', said: 'Wear a helmet at all times.', written: 'SAFETY ZONE' },
  { color: 'white', said: 'Invoice 4711 has not been paid.', written: 'ACCOUNTING' },
  { color: 'black', said: 'The forklift needs a new battery.', written: 'CHARGING STATION' },
] as const;

/** Each with the clip that it is about. */
const QUERIES = [
  ...CLIPS.map(({ color }, clip) => ({ kind: 'seen', query: `a ${color} scene`, clip })),
  ...['leaking pump', 'close the gates', 'inspections', 'helmets', '"invoice 4711"', 'new bateries'].map(
    (query, clip) => ({ kind: 'said', query, clip }),
  ),
  ...['pump hall', 'no parking', 'room 214', 'safety zone', 'acounting', '"charging station"'].map((query, clip) => ({
    kind: 'written',
    query,
    clip,
  })),
] as const;

const FONT = path.join(PROJECT_ROOT, 'node_modules/@fontsource/inter/files/inter-latin-600-normal.woff');

const folder = await mkdtemp(path.join(tmpdir(), 'mixed-search-'));
const studio = await startStudio();
const client = createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });
const ids: string[] = [];
for (const { color, said, written } of CLIPS) {
  const letters = color === 'white' || color === 'yellow' ? 'black' : 'white';
  const file = await makeSource(folder, {
    file: `${color}.mkv`,
    duration: SECONDS,
    pictures: [
      {
        size: [960, 540],
        filter: [
          `drawbox=color=${color}:t=fill`,
          `drawtext=fontfile=${FONT}:fontcolor=${letters}:text='${written}':x=120:y=200:fontsize=44:enable='between(t,${WORDS_AT.start},${WORDS_AT.end})'`,
          SD_PIXELS,
        ].join(','),
      },
    ],
    subtitles: [{ text: `1\n00:00:05,000 --> 00:00:07,000\n${said}\n`, format: 'srt', language: 'eng' }],
  });
  const id = await uploadAndWait(client, file, color);
  await processAndWait(client, id);
  ids.push(id);
}

/** The part of the queries whose clip, at its words where it is about them, is among the first five hits. */
async function measure(searchOptions: readonly SearchOption[] | undefined, kinds: readonly string[]): Promise<number> {
  const asked = QUERIES.filter(({ kind }) => kinds.includes(kind));
  let found = 0;
  for (const { kind, query, clip } of asked) {
    const hits = await client.search.search(query, {
      videoIds: ids,
      topK: 5,
      ...(searchOptions ? { searchOptions } : {}),
    });
    const isRight = hits.some((hit) => {
      const { start, end } = readSegmentTimes(hit);
      const hasWords = start < WORDS_AT.end && end > WORDS_AT.start;
      return hit.video_id === ids[clip] && (kind === 'seen' || hasWords);
    });
    if (!isRight) console.log(`  not found: ${kind}, ${query}`);
    found += Number(isRight);
  }
  return found / asked.length;
}

const all = await measure(undefined, ['seen', 'said', 'written']);
const visual = await measure(['visual'], ['seen', 'said', 'written']);
const [seen, said, written] = [
  await measure(undefined, ['seen']),
  await measure(undefined, ['said']),
  await measure(undefined, ['written']),
];
record({
  what: `recall@5 of ${QUERIES.length} queries for what is seen, said and written in ${CLIPS.length} made clips`,
  reference: `by looks alone ${visual.toFixed(2)}`,
  measured: `${all.toFixed(2)} (seen ${seen.toFixed(2)}, said ${said.toFixed(2)}, written ${written.toFixed(2)})`,
  ratio: null,
  target: '≥ 0.95',
  met: all >= 0.95,
});
await studio.stop();
await rm(folder, { recursive: true, force: true });
process.exit(0);
