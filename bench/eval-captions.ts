import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { getCaption, namedObjects } from '../server/platform/embedding/describe.ts';
import { analyzeVideo } from '../server/platform/tasks/vision/analyze-video.ts';
import type { SeenObject, SegmentObservation } from '../server/platform/tasks/vision/observation.ts';

/**
 * How true captions are: analyzes the clips of a folder and compares what captions name with `caption-truth.json`, which
 * was written down by looking at the frames. A thing is named rightly when it is visible at any time in the segment;
 * it is missed when it is visible for `MIN_VISIBLE` seconds or throughout and is not named. Things in the truth that are
 * marked as arguable (a van is a car or a truck) count neither as false nor as missed.
 */

const factSchema = z.object({
  label: z.string(),
  /** Seconds. */
  from: z.number(),
  to: z.number(),
  count: z.union([z.number(), z.tuple([z.number(), z.number()])]).optional(),
  /** Each color that a person may say. */
  colors: z.array(z.string()).optional(),
  isArguable: z.boolean().optional(),
});
type Fact = z.infer<typeof factSchema>;

const MIN_VISIBLE = 0.5;

class Tally {
  right = 0;
  all = 0;
  add(isRight: boolean): void {
    this.all += 1;
    if (isRight) this.right += 1;
  }
  toString(): string {
    return this.all === 0 ? '–' : `${(this.right / this.all).toFixed(2)} (${this.right}/${this.all})`;
  }
}

const METRICS = ['precision', 'recall', 'colors', 'counts'] as const;
type Tallies = Record<(typeof METRICS)[number], Tally>;
const createTallies = (): Tallies => ({
  precision: new Tally(),
  recall: new Tally(),
  colors: new Tally(),
  counts: new Tally(),
});

const isCountRight = ({ count, countVaries }: SeenObject, facts: readonly Fact[]) => {
  const bounds = facts.flatMap((fact) => fact.count ?? []);
  const [least, most] = [Math.min(...bounds), Math.max(...bounds)];
  // Said as "several" and "many".
  if ((countVaries && count > 2) || count > 10) return most > 2;
  return count >= least && count <= most;
};

/** Adds one segment to the tallies, and gives what is false in its caption. */
function compare(segment: SegmentObservation, facts: readonly Fact[], tallies: readonly Tallies[]): string[] {
  const getVisible = ({ from, to }: Fact) => Math.min(to, segment.end) - Math.max(from, segment.start);
  const visible = facts.filter((fact) => getVisible(fact) > 0);
  const named = namedObjects(segment);
  const errors: string[] = [];
  const add = (metric: keyof Tallies, isRight: boolean, error: string) => {
    for (const tally of tallies) tally[metric].add(isRight);
    if (!isRight) errors.push(error);
  };
  for (const object of named) {
    const matching = visible.filter(({ label }) => label === object.label);
    if (matching.length > 0 && matching.every(({ isArguable }) => isArguable)) continue;
    add('precision', matching.length > 0, `no ${object.label}`);
    if (matching.length === 0) continue;
    const allowed = matching.flatMap(({ colors = [] }) => colors);
    for (const color of object.label === 'person' ? [] : (object.colors ?? [object.color])) {
      if (color && allowed.length > 0) add('colors', allowed.includes(color), `${object.label} not ${color}`);
    }
    if (matching.some(({ count }) => count)) {
      add('counts', isCountRight(object, matching), `not ${object.count} × ${object.label}`);
    }
  }
  const needed = Math.min(MIN_VISIBLE, segment.end - segment.start);
  const wanted = visible.filter((fact) => !fact.isArguable && getVisible(fact) >= needed);
  for (const label of new Set(wanted.map((fact) => fact.label))) {
    add(
      'recall',
      named.some((object) => object.label === label),
      `misses ${label}`,
    );
  }
  return errors;
}

const folder = process.argv[2];
if (!folder) {
  console.error('Usage: npm run eval:captions -- <folder with the clips of caption-truth.json>');
  process.exit(1);
}
const truthFile = path.join(import.meta.dirname, 'caption-truth.json');
const truth = z.record(z.string(), z.array(factSchema)).parse(JSON.parse(await readFile(truthFile, 'utf8')));
const outputDir = await mkdtemp(path.join(tmpdir(), 'eval-captions-'));
const overall = createTallies();
const rows: string[] = [];
for (const [clip, facts] of Object.entries(truth)) {
  const tallies = createTallies();
  const { segments } = await analyzeVideo({ input: path.join(folder, clip), outputDir, shots: null }, () => {});
  console.log(`\n${clip}`);
  for (const segment of segments) {
    const errors = compare(segment, facts, [overall, tallies]);
    console.log(
      `${segment.start.toFixed(1)} ${getCaption(segment)}${errors.length > 0 ? ` [${errors.join(', ')}]` : ''}`,
    );
  }
  rows.push(`| ${clip} | ${METRICS.map((metric) => tallies[metric]).join(' | ')} |`);
}
await rm(outputDir, { recursive: true });
console.log(`\n| clip | ${METRICS.join(' | ')} |\n|---|---|---|---|---|\n${rows.join('\n')}`);
console.log(`| all | ${METRICS.map((metric) => overall[metric]).join(' | ')} |`);
