import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../../db/tables.ts';
import { toSearchConfig } from '../transcripts/search-config.ts';

/** A cue that says (or a text in the picture that reads) what is looked for. */
export interface TextMatch {
  readonly video_id: string;
  readonly kind: 'said' | 'written';
  readonly start_s: number;
  readonly end_s: number;
  readonly text: string;
  readonly segment_id: string;
}

/** What a query asks of texts. */
export interface TextQuery {
  readonly words: readonly string[];
  /** In quotes: must occur as given. */
  readonly phrases: readonly string[];
}

const MAX_WORDS = 32;
const MAX_MATCHES = 500;
/** Fraction of the words that a text must hold. */
const MIN_FRACTION = 2 / 3;
/** A word without a match is looked for with other spellings from this length on. */
const MIN_FUZZY_LENGTH = 5;
/** Trigrams that two words must have in common to be spellings of one, as a fraction of all of theirs. */
const MIN_SIMILARITY = 0.4;
const MAX_SPELLINGS = 5;

/** Up to so many words, the texts that hold enough of them come from the index alone. */
const MAX_COMBINED_WORDS = 6;

/** Words without a meaning of their own; more than a language's because queries are written in any. */
const STOP_WORDS = new Set(
  `a an the of in on at to for from by with and or is are was were be it this that these those as do does did i you he she we
  they me him her us them my your his its our their what when where which who how why there here not no
  der die das ein eine und oder in im am auf mit von zu le la les un une des et ou de du dans el los las y o en con il lo e di`.split(
    /\s+/,
  ),
);

/** The words of a text in lower case, in any script; part numbers and contractions stay whole. */
export const toSearchWords = (text: string): string[] =>
  text.toLowerCase().match(/[\p{L}\p{N}]+(?:['’._-][\p{L}\p{N}]+)*/gu) ?? [];

/** Takes a query apart. A query of stop words alone is taken as it is. */
export function parseTextQuery(query: string): TextQuery {
  const phrases: string[] = [];
  const rest = query.replace(/["“”]([^"“”]+)["“”]/g, (_, phrase: string) => {
    const words = phrase.trim().replace(/\s+/g, ' ');
    if (words !== '') phrases.push(words);
    return ' ';
  });
  const all = [...new Set(toSearchWords(rest))];
  const meaningful = all.filter((word) => !STOP_WORDS.has(word));
  return { words: (meaningful.length > 0 ? meaningful : all).slice(0, MAX_WORDS), phrases };
}

/** A pattern for `ilike` that finds a text anywhere. */
const toPattern = (phrase: string) => `%${phrase.replace(/[\\%_]/g, '\\$&').replace(/ /g, '%')}%`;

/** Whether a text holds all phrases as given, apart from case and line breaks. */
export function holdsPhrases(text: string, phrases: readonly string[]): boolean {
  const plain = text.replace(/\s+/g, ' ').toLowerCase();
  return phrases.every((phrase) => plain.includes(phrase.toLowerCase()));
}

/** The languages that texts are written in, as configurations of Postgres. */
async function getConfigs(db: Kysely<Tables>): Promise<string[]> {
  const rows = await db.selectFrom('text_tracks').select('language').distinct().execute();
  return [...new Set(['simple', 'english', ...rows.map(({ language }) => toSearchConfig(language))])];
}

/** What a text is searched for: a `tsquery`. */
type WordQuery = RawBuilder<unknown>;

const joinQueries = (queries: readonly WordQuery[], operator: '&&' | '||'): WordQuery =>
  sql`(${sql.join(queries, sql` ${sql.raw(operator)} `)})`;

/**
 * A query for all texts that hold at least `count` of some words, and for few others: those of many words hold one of any
 * `words.length - count + 1`, so that words which almost every text has need not be read.
 */
function toAtLeast(count: number, words: readonly WordQuery[]): WordQuery {
  if (count <= 1) return joinQueries(words, '||');
  if (count >= words.length) return joinQueries(words, '&&');
  if (words.length > MAX_COMBINED_WORDS) return joinQueries(words.slice(0, words.length - count + 1), '||');
  const [first, ...rest] = words;
  if (!first) return joinQueries(words, '||');
  return joinQueries([joinQueries([first, toAtLeast(count - 1, rest)], '&&'), toAtLeast(count, rest)], '||');
}

interface Condition {
  readonly videoIds: readonly string[];
  readonly kinds: readonly TextMatch['kind'][];
  readonly where: RawBuilder<boolean>;
  /** Matching words of a row. */
  readonly matched: RawBuilder<number>;
  readonly minMatched: number;
  readonly rank: RawBuilder<number>;
}

/** Cues that meet a condition, the best first, each with the segment that it starts in. */
async function findCues(db: Kysely<Tables>, condition: Condition): Promise<TextMatch[]> {
  const { videoIds, kinds, where, matched, minMatched, rank } = condition;
  const kind = sql`case when track_id is null then 'written' else 'said' end`;
  const { rows } = await sql<TextMatch>`
    with found as (
      select video_id, ${kind} as kind, start_s, end_s, text, ${matched} as matched, ${rank} as rank
      from cues
      where video_id = any(${[...videoIds]}::uuid[]) and ${kind} = any(${[...kinds]}::text[]) and ${where}
    ), best as (
      select * from found where matched >= ${minMatched} order by matched desc, rank desc, start_s limit ${MAX_MATCHES}
    )
    select best.video_id, kind, best.start_s, best.end_s, best.text, segment.segment_id
    from best cross join lateral (
      select segment_id from segments
      where segments.video_id = best.video_id and segments.start_s <= best.start_s + 0.001 and embedding is not null
      order by segments.start_s desc limit 1
    ) as segment
    order by matched desc, rank desc, best.start_s`.execute(db);
  return rows;
}

/**
 * Words of texts that are spelled like those of a query: a list for each of these that has some. Looked up among the words, of
 * which there are far fewer than texts.
 */
function findSpellings(db: Kysely<Tables>, words: readonly string[]): Promise<string[][]> {
  const long = words.filter((word) => word.length >= MIN_FUZZY_LENGTH);
  if (long.length === 0) return Promise.resolve([]);
  return db.transaction().execute(async (trx) => {
    await sql`select set_config('pg_trgm.similarity_threshold', ${String(MIN_SIMILARITY)}, true)`.execute(trx);
    const { rows } = await sql<{ asked: string; word: string }>`
      select asked, known.word from unnest(${[...long]}::text[]) as asked cross join lateral (
        select word from cue_words where word % asked order by similarity(word, asked) desc limit ${MAX_SPELLINGS}
      ) as known`.execute(trx);
    return long.flatMap((word) => {
      const known = rows.filter(({ asked }) => asked === word).map((row) => row.word);
      return known.length > 0 ? [known] : [];
    });
  });
}

/**
 * What is said and written in some videos and matches a query, best first. Word forms of the cue's language count; where no text
 * holds enough of the words, other spellings do.
 */
export async function findTexts(
  db: Kysely<Tables>,
  videoIds: readonly string[],
  { words, phrases }: TextQuery,
  kinds: readonly TextMatch['kind'][],
): Promise<TextMatch[]> {
  if (kinds.length === 0 || videoIds.length === 0 || words.length + phrases.length === 0) return [];
  const holdsAll = phrases.map(
    (phrase) => sql<boolean>`regexp_replace(text, '\\s+', ' ', 'g') ilike ${toPattern(phrase)}`,
  );
  const and = (conditions: readonly RawBuilder<boolean>[]) => sql.join(conditions, sql` and `) as RawBuilder<boolean>;
  const base = { videoIds, kinds };
  if (words.length === 0) {
    const matches = await findCues(db, {
      ...base,
      where: and(holdsAll),
      matched: sql`1`,
      minMatched: 1,
      rank: sql`0`,
    });
    return matches.filter(({ text }) => holdsPhrases(text, phrases));
  }
  const configs = await getConfigs(db);
  // Long words first: they are in fewer texts.
  const queries = words
    .toSorted((a, b) => b.length - a.length)
    .map((word) =>
      joinQueries(
        configs.map((config) => sql`plainto_tsquery(${config}::regconfig, ${word})`),
        '||',
      ),
    );
  const minMatched = Math.ceil(words.length * MIN_FRACTION - 1e-9);
  /** Texts that hold enough of some words, each of which is a query of its own. */
  const findWords = (each: readonly WordQuery[]): Promise<TextMatch[]> =>
    findCues(db, {
      ...base,
      where: and([sql<boolean>`words @@ ${toAtLeast(minMatched, each)}`, ...holdsAll]),
      matched: sql`(${sql.join(
        each.map((query) => sql`(words @@ ${query})::integer`),
        sql` + `,
      )})`,
      minMatched,
      rank: sql`ts_rank(words, ${joinQueries(each, '||')})`,
    });
  const withPhrases = (matches: readonly TextMatch[]) => matches.filter(({ text }) => holdsPhrases(text, phrases));
  const exact = await findWords(queries);
  if (exact.length > 0) return withPhrases(exact);
  const spellings = await findSpellings(db, words);
  if (spellings.length < minMatched) return [];
  const respelled = spellings.map((known) =>
    joinQueries(
      known.map((word) => sql`plainto_tsquery('simple', ${word})`),
      '||',
    ),
  );
  return withPhrases(await findWords(respelled));
}
