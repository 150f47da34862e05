import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { analyzeVideo } from '../server/platform/tasks/vision/analyze-video.ts';
import type { SegmentObservation } from '../server/platform/tasks/vision/observation.ts';

/**
 * How true the facts about people are: analyzes the clips of a folder and compares with `people-truth.json`, which was written
 * down by looking at the frames. A posture is told rightly when somebody has it for a second of the segment; `empty` and a
 * shot, when they hold throughout. A fact is missed when it holds throughout and is not told. `many` is compared with the
 * counts of `caption-truth.json` by `eval:captions`, not here.
 */
const FACTS = ['standing', 'sitting', 'empty', 'wide', 'close_up'] as const;
type FactName = (typeof FACTS)[number];
const truthSchema = z.record(z.string(), z.array(z.object({ fact: z.enum(FACTS), from: z.number(), to: z.number() })));

const MIN_SECONDS = 1;
/** The truth was written down to a few frames. */
const TOLERANCE_S = 0.3;

const folder = process.argv[2];
if (!folder) {
  console.error('Usage: npm run eval:people -- <folder with the clips of people-truth.json>');
  process.exit(1);
}

const isTold = ({ postures = [], shot, occupancy }: SegmentObservation, fact: FactName) =>
  postures.some(({ posture }) => posture === fact) || shot === fact || occupancy === fact;

const truthFile = path.join(import.meta.dirname, 'people-truth.json');
const truth = truthSchema.parse(JSON.parse(await readFile(truthFile, 'utf8')));
const outputDir = await mkdtemp(path.join(tmpdir(), 'eval-people-'));
const tallies = new Map(FACTS.map((fact) => [fact, { told: 0, right: 0, holding: 0, found: 0 }]));
for (const [clip, facts] of Object.entries(truth)) {
  const { segments } = await analyzeVideo({ input: path.join(folder, clip), outputDir, shots: null }, () => {});
  for (const segment of segments) {
    const length = segment.end - segment.start;
    for (const [fact, tally] of tallies) {
      const seconds = facts
        .filter((one) => one.fact === fact)
        .reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, segment.end) - Math.max(from, segment.start)), 0);
      const holdsThroughout = seconds >= length - TOLERANCE_S;
      const isPosture = fact === 'standing' || fact === 'sitting';
      const isRight = holdsThroughout || (isPosture && seconds >= MIN_SECONDS);
      const told = isTold(segment, fact);
      tally.told += told ? 1 : 0;
      tally.right += told && isRight ? 1 : 0;
      tally.holding += holdsThroughout ? 1 : 0;
      tally.found += told && holdsThroughout ? 1 : 0;
      if (told && !isRight) console.log(`${clip} ${segment.start.toFixed(1)} s: not ${fact}`);
    }
  }
}
await rm(outputDir, { recursive: true });
console.log('| fact | precision | recall |\n|---|---|---|');
for (const [fact, { told, right, holding, found }] of tallies) {
  const toShare = (part: number, all: number) => (all === 0 ? '–' : `${(part / all).toFixed(2)} (${part}/${all})`);
  console.log(`| ${fact} | ${toShare(right, told)} | ${toShare(found, holding)} |`);
}
process.exit(0);
