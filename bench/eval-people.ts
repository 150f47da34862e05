import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { analyzePicture } from '../server/platform/tasks/vision/analyze-picture.ts';
import { analyzeVideo } from '../server/platform/tasks/vision/analyze-video.ts';
import type { SegmentObservation } from '../server/platform/tasks/vision/observation.ts';

/**
 * How true the facts about people are: analyzes the clips and pictures of a folder and compares with what was written down by
 * looking at them. What is not in the folder is left out.
 *
 * `people-truth.json` has the times of clips. A posture is told rightly when somebody has it for a second of the segment; `empty`
 * and a shot, when they hold throughout. A fact is missed when it holds throughout and is not told. `many` is compared with the
 * counts of `caption-truth.json` by `eval:captions`, not here.
 *
 * `people-pictures.tsv` has pictures and short clips of public GitHub repositories, which the folder holds as
 * `<repository>/<path>`: what can be seen in them at some time, what may be seen or not (left out), and whether the rules were
 * tuned on them.
 */
const TIMED_FACTS = ['standing', 'sitting', 'empty', 'wide', 'close_up'] as const;
const PICTURE_FACTS = ['lying', 'bending', 'raising_hand', 'face_to_face', 'smiling'] as const;
type Fact = (typeof TIMED_FACTS)[number] | (typeof PICTURE_FACTS)[number];
const truthSchema = z.record(
  z.string(),
  z.array(z.object({ fact: z.enum(TIMED_FACTS), from: z.number(), to: z.number() })),
);
const factList = z.string().transform((text) => text.split(',').filter(Boolean));
const pictureSchema = z.tuple([z.enum(['tuning', 'held-out']), z.string(), z.string(), factList, factList]);

const MIN_SECONDS = 1;
/** The truth was written down to a few frames. */
const TOLERANCE_S = 0.3;

interface Tally {
  told: number;
  right: number;
  holding: number;
  found: number;
}

const folder = process.argv[2];
if (!folder) {
  console.error('Usage: npm run eval:people -- <folder with the clips or pictures>');
  process.exit(1);
}

const isTold = ({ postures = [], shot, occupancy, interaction, smiles = 0 }: SegmentObservation, fact: Fact) =>
  postures.some(({ posture }) => posture === fact) ||
  [shot, occupancy, interaction].some((told) => told === fact) ||
  (fact === 'smiling' && smiles > 0);

const readTruth = (name: string) => readFile(path.join(import.meta.dirname, name), 'utf8');
const outputDir = await mkdtemp(path.join(tmpdir(), 'eval-people-'));
const analyzeClip = async (input: string) => (await analyzeVideo({ input, outputDir, shots: null }, () => {})).segments;

const tallies = new Map<string, Tally>();
function count(key: string, change: Readonly<Record<keyof Tally, boolean>>): void {
  const tally = tallies.get(key) ?? { told: 0, right: 0, holding: 0, found: 0 };
  tally.told += change.told ? 1 : 0;
  tally.right += change.right ? 1 : 0;
  tally.holding += change.holding ? 1 : 0;
  tally.found += change.found ? 1 : 0;
  tallies.set(key, tally);
}

for (const [clip, facts] of Object.entries(truthSchema.parse(JSON.parse(await readTruth('people-truth.json'))))) {
  const file = path.join(folder, clip);
  if (!existsSync(file)) continue;
  for (const segment of await analyzeClip(file)) {
    const length = segment.end - segment.start;
    for (const fact of TIMED_FACTS) {
      const seconds = facts
        .filter((one) => one.fact === fact)
        .reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, segment.end) - Math.max(from, segment.start)), 0);
      const holding = seconds >= length - TOLERANCE_S;
      const isPosture = fact === 'standing' || fact === 'sitting';
      const isRight = holding || (isPosture && seconds >= MIN_SECONDS);
      const told = isTold(segment, fact);
      count(fact, { told, right: told && isRight, holding, found: told && holding });
      if (told && !isRight) console.log(`${clip} ${segment.start.toFixed(1)} s: not ${fact}`);
    }
    // Nobody does any of these in those clips.
    for (const fact of PICTURE_FACTS) {
      if (isTold(segment, fact)) console.log(`${clip} ${segment.start.toFixed(1)} s: ${fact}?`);
    }
  }
}

const [, ...rows] = (await readTruth('people-pictures.tsv')).trimEnd().split('\n');
for (const row of rows) {
  const [half, repository, name, facts, unclear] = pictureSchema.parse(row.split('\t'));
  const file = path.join(folder, repository, name);
  if (!existsSync(file)) continue;
  const seen = /\.(avi|mp4)$/.test(name) ? await analyzeClip(file) : [await analyzePicture({ input: file })];
  for (const fact of PICTURE_FACTS) {
    if (unclear.includes(fact)) continue;
    const told = seen.some((segment) => isTold(segment, fact));
    const holding = facts.includes(fact);
    count(`${fact}, ${half}`, { told, right: told && holding, holding, found: told && holding });
    if (told && !holding) console.log(`${repository}/${name}: not ${fact}`);
  }
}
await rm(outputDir, { recursive: true });
console.log('| fact | precision | recall |\n|---|---|---|');
for (const [key, { told, right, holding, found }] of tallies) {
  const toShare = (part: number, all: number) => (all === 0 ? '–' : `${(part / all).toFixed(2)} (${part}/${all})`);
  console.log(`| ${key} | ${toShare(right, told)} | ${toShare(found, holding)} |`);
}
process.exit(0);
