import '../server/platform/tasks/media/node-av-polyfills.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { record } from './record.ts';

/**
 * What reading text in the picture adds to the analysis of a video: `node --import tsx bench/screen-text.ts FILE`.
 */
const file = process.argv[2];
if (!file) throw new Error('Name a video file.');
const { analyzeVideo } = await import('../server/platform/tasks/vision/analyze-video.ts');
const { ScreenTextTracker } = await import('../server/platform/tasks/vision/text/screen-text.ts');

let textMs = 0;
const next = ScreenTextTracker.prototype.next;
ScreenTextTracker.prototype.next = async function measured(frame) {
  const start = performance.now();
  await next.call(this, frame);
  textMs += performance.now() - start;
};

const outputDir = await mkdtemp(path.join(tmpdir(), 'screen-text-'));
const start = performance.now();
const { segments, texts } = await analyzeVideo({ input: file, outputDir, shots: null }, () => undefined);
const wholeMs = performance.now() - start;
await rm(outputDir, { recursive: true });
const share = textMs / (wholeMs - textMs);
record({
  what: `text in the picture of ${path.basename(file)} (${segments.length} segments, ${texts.length} texts)`,
  reference: `analyzing it without, ${((wholeMs - textMs) / 1000).toFixed(1)} s`,
  measured: `${(textMs / 1000).toFixed(1)} s more`,
  ratio: share,
  target: '≤ 0.3 ×',
  met: share <= 0.3,
});
process.exit(0);
