import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { createTestDatabase } from '../e2e/services/test-database.ts';
import { openDatabase } from '../server/platform/db/database.ts';
import { buildVectorIndex } from '../server/platform/db/vector-index.ts';
import { searchSegments } from '../server/platform/modules/search/hybrid-search.ts';
import { Embedders } from '../server/platform/modules/search-index/embedders.ts';
import { randomFrom } from '../server/platform/tasks/projection/random.ts';
import { SEARCH_OPTIONS, type SearchOption } from '../src/api/contracts/search.ts';
import { record } from './record.ts';
import { createSegmentRows, createVectorSource } from './segment-vectors.ts';
import { dropVectorIndex } from './without-index.ts';

/**
 * What words add to a search on a real Postgres: by looks alone against by looks, transcripts and on-screen text, in all of
 * the segments; half of them with a cue, half with a text in the picture. `TEST_DATABASE_URL=… node --import tsx
 * bench/hybrid-search.ts 100000`.
 */
const SEGMENTS = Number(process.argv[2] ?? 100_000);
const PER_VIDEO = 100;
const VIDEO_BATCH_SIZE = 5;
const QUERIES = 40;
const WARM_UP = 4;
const TOP = 50;
/** Words of texts: some are in very many of them, as in any language. Those before the first are stop words, which nobody asks for. */
const VOCABULARY = 5_000;
const MOST_COMMON = 20;
const WORDS_PER_CUE = 8;
const ONSETS = [
  'b',
  'br',
  'c',
  'ch',
  'd',
  'f',
  'fl',
  'g',
  'h',
  'j',
  'k',
  'l',
  'm',
  'n',
  'p',
  'pr',
  'r',
  's',
  'st',
  't',
  'tr',
  'v',
  'w',
  'z',
];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'ou'];

const createVector = createVectorSource(11);
const random = randomFrom(3);
/** Made of two to four syllables, as words of a language are. */
const words = Array.from({ length: VOCABULARY }, () =>
  Array.from({ length: 2 + Math.floor(random() * 3) }, () => {
    const [onset = '', vowel = ''] = [ONSETS, VOWELS].map((letters) => letters[Math.floor(random() * letters.length)]);
    return onset + vowel;
  }).join(''),
);
const getWord = () => words[Math.floor(MOST_COMMON * (VOCABULARY / MOST_COMMON) ** random()) - 1] ?? '';
const getText = () => Array.from({ length: WORDS_PER_CUE }, getWord).join(' ');

const test = await createTestDatabase();
const database = await openDatabase('', test.url);
const { db } = database;
// The index is made when the segments are there, which takes a fraction of the time.
await dropVectorIndex(db);
const ids: string[] = [];
while (ids.length * PER_VIDEO < SEGMENTS) {
  const batch = Array.from({ length: VIDEO_BATCH_SIZE }, () => crypto.randomUUID());
  ids.push(...batch);
  await db
    .insertInto('videos')
    .values(batch.map((id) => ({ video_id: id, owner: 'bench', name: id, object_name: id, use_dynamic_hls: false })))
    .execute();
  const rows = batch.flatMap((id) =>
    createSegmentRows(id, PER_VIDEO, () => `[${Array.from(createVector(), (value) => value.toFixed(5)).join(',')}]`),
  );
  await db.insertInto('segments').values(rows).execute();
  const tracks = batch.map((video_id) => ({ video_id, track_id: crypto.randomUUID() }));
  await db
    .insertInto('text_tracks')
    .values(tracks.map((track) => ({ ...track, position: 0, source: 'file', language: 'en', title: null })))
    .execute();
  const cues = rows.map(({ video_id, start_s, position }) => ({
    cue_id: crypto.randomUUID(),
    video_id,
    track_id: position % 2 === 0 ? (tracks.find((track) => track.video_id === video_id)?.track_id ?? null) : null,
    start_s: start_s + 1,
    end_s: start_s + 3,
    text: getText(),
    original_text: null,
    box: null,
    confidence: null,
    config: 'english',
  }));
  await db.insertInto('cues').values(cues).execute();
}
await sql`analyze`.execute(db);
await buildVectorIndex(test.url, undefined);

const embedders = new Embedders(db, { modelsDir: '', clipModelDir: null });
const getP = (values: readonly number[], fraction: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * fraction)] ?? 0;
const times = { looks: [] as number[], all: [] as number[] };
const search = async (query: string, options: readonly SearchOption[]): Promise<number> => {
  const before = performance.now();
  await searchSegments({ ...database, embedders }, { query, videoIds: ids, limit: TOP, options });
  return performance.now() - before;
};
for (let query = 0; query < QUERIES + WARM_UP; query += 1) {
  const asked = `${getWord()} ${getWord()}`;
  const looks = await search(asked, ['visual']);
  const all = await search(asked, SEARCH_OPTIONS);
  if (query < WARM_UP) continue;
  times.looks.push(looks);
  times.all.push(all);
}
const ratio = getP(times.all, 0.95) / getP(times.looks, 0.95);
record({
  what: `Postgres 17 + pgvector 0.8: a search of ${SEGMENTS} segments by looks, transcript and on-screen text, p50 / p95 of ${QUERIES} queries of two words`,
  reference: `by looks alone ${getP(times.looks, 0.5).toFixed(1)} / ${getP(times.looks, 0.95).toFixed(1)} ms`,
  measured: `${getP(times.all, 0.5).toFixed(1)} / ${getP(times.all, 0.95).toFixed(1)} ms`,
  ratio,
  target: '≤ 1.5 ×',
  met: ratio <= 1.5,
});
await embedders.stop();
await database.close();
await test.drop();
process.exit(0);
