import { performance } from 'node:perf_hooks';
import { chromium } from '@playwright/test';
import { browserToUse } from '../e2e/browser.ts';
import { timecodeClip } from '../e2e/clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../e2e/clips/processed-clip.ts';
import { longAnswer, scriptedModel } from '../e2e/scripted-model.ts';
import { startStudio } from '../e2e/studio.ts';
import { createClient } from '../src/api/client.ts';
import { noteLongTasks } from './long-tasks.ts';
import { median } from './median.ts';
import { record } from './record.ts';

/**
 * What the studio adds to a language model's own stream: from a question to the first token through gateway and platform,
 * against the same model asked directly, taking turns in one run; how long the whole stream of 200 tokens a second takes; and
 * whether the page that draws it holds the player up.
 */
const QUESTIONS = 20;
const TOKENS = 200;
const EVERY_MS = 5;

const model = await scriptedModel({
  pieces: Array.from({ length: TOKENS }, (_, index) => `token${index} `),
  everyMs: EVERY_MS,
  breakAfter: null,
});
const studio = await startStudio({ env: { LLM_BASE_URL: model.baseUrl, LLM_MODEL: 'scripted' } });
const client = createClient({ baseUrl: studio.url });
const videoId = await uploadAndWait(client, await timecodeClip(16), 'Chat');
await processAndWait(client, videoId);

/** Milliseconds to the first and to the last token. */
async function direct(): Promise<readonly [number, number]> {
  const before = performance.now();
  const response = await fetch(`${model.baseUrl}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'scripted', stream: true, messages: [{ role: 'user', content: 'What moves?' }] }),
  });
  let first: number | null = null;
  for await (const _ of response.body ?? []) first ??= performance.now() - before;
  return [first ?? Number.NaN, performance.now() - before];
}

async function throughStudio(): Promise<readonly [number, number]> {
  const before = performance.now();
  let first: number | null = null;
  for await (const event of client.chat.askStream('What moves?', { videoId })) {
    if (event.type === 'error') throw new Error(event.detail);
    if (event.type === 'token') first ??= performance.now() - before;
  }
  return [first ?? Number.NaN, performance.now() - before];
}

const times = { direct: [] as (readonly [number, number])[], studio: [] as (readonly [number, number])[] };
for (let question = 0; question < QUESTIONS + 1; question += 1) {
  const [alone, ours] = [await direct(), await throughStudio()];
  // The first one warms the searcher.
  if (question === 0) continue;
  times.direct.push(alone);
  times.studio.push(ours);
}
const [firstAlone, firstOurs] = [times.direct, times.studio].map((all) => median(all.map(([first]) => first)));
const [allAlone, allOurs] = [times.direct, times.studio].map((all) => median(all.map(([, last]) => last)));
const added = (firstOurs ?? 0) - (firstAlone ?? 0);
record({
  what: `chat: question to first token, medians of ${QUESTIONS}`,
  reference: `the model's own stream ${firstAlone?.toFixed(0)} ms (${TOKENS} tokens in ${allAlone?.toFixed(0)} ms)`,
  measured: `${firstOurs?.toFixed(0)} ms, ${added.toFixed(0)} ms added (${TOKENS} tokens in ${allOurs?.toFixed(0)} ms)`,
  ratio: null,
  target: '≤ 50 ms added',
  met: added <= 50,
});

/** Lengths of the tasks of 50 ms and more while an answer of five seconds streams beside the playing video. */
async function longTasksOfThePage(): Promise<number[]> {
  const browser = await chromium.launch(await browserToUse());
  const page = await browser.newPage({ baseURL: studio.url, viewport: { width: 1440, height: 900 } });
  await page.goto(`/videos/${videoId}`);
  await page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) > 2);
  await page.keyboard.press('l');
  await page.waitForFunction(() => document.querySelector('video')?.paused === false);
  Object.assign(model.script, { pieces: longAnswer(5 * TOKENS) });
  await page.getByLabel('Question (1 credit)').fill('Say a lot, fast');
  await page.keyboard.press('Enter');
  const answer = page.getByRole('region', { name: 'Chat' }).getByRole('article').first();
  await answer.getByText('box').first().waitFor();
  const longTasks = await noteLongTasks(page);
  await answer.getByText('Answered by a language model').waitFor();
  const lengths = await longTasks();
  await browser.close();
  return lengths;
}

const tasks = await longTasksOfThePage();
record({
  what: 'chat: 200 tokens a second while the video plays',
  reference: 'tasks of the page of 50 ms and more, which hold frames up',
  measured: tasks.length === 0 ? 'none in five seconds' : `${tasks.length} in five seconds, of ${tasks.join(', ')} ms`,
  ratio: null,
  target: 'none',
  met: tasks.length === 0,
});
await studio.stop();
model.close();
process.exit(0);
