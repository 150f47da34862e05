import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { createClient } from '../../src/api/client.ts';
import { timecodeClip } from '../clips/make-clip.ts';
import { processAndWait, uploadAndWait } from '../clips/processed-clip.ts';
import { CLIP } from '../clips/timecode.ts';
import { longAnswer, type ScriptedModel, scriptedModel } from '../scripted-model.ts';
import { type Studio, startStudio } from '../studio.ts';
import { seriousProblems } from './axe.ts';
import { expect, quiet, test } from './studio-test.ts';

/** Chat with a language model that says what a script tells it to. */
test.describe.configure({ mode: 'serial' });

const TOKENS_A_SECOND = 200;
const TOKENS = 1_200;
/** An answer is drawn twenty times a second at most, so ten tokens at a time; the ends of blocks and what follows come on top. */
const TOKENS_A_DRAW = 5;

let studio: Studio;
let model: ScriptedModel;
let videoId: string;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  model = await scriptedModel({ pieces: [], everyMs: 0, breakAfter: null });
  studio = await startStudio({ env: { LLM_BASE_URL: model.baseUrl, LLM_MODEL: 'scripted' } });
  const client = createClient({ baseUrl: studio.platformUrl, apiKey: studio.apiKey });
  videoId = await uploadAndWait(client, await timecodeClip(16), 'Talked about');
  await processAndWait(client, videoId);
});
test.afterAll(async () => {
  model.close();
  await studio.stop();
});

const chat = (page: Page) => page.getByRole('region', { name: 'Chat' });
const turns = (page: Page) => chat(page).getByRole('article');

async function ask(page: Page, question: string): Promise<void> {
  await page.getByLabel('Question (1 credit)').fill(question);
  await page.keyboard.press('Enter');
}

const says = (...pieces: string[]) => Object.assign(model.script, { pieces, everyMs: 5, breakAfter: null });

test('answers stream in Markdown; times of any form are buttons that seek', async ({ page, probe }) => {
  says(
    'The **box** moves:\n\n',
    '- 0:04–0:06: white',
    ' on green\n- at 12s it is black\n\n',
    '| when | what |\n|--|--|\n| 0:08 | yellow |',
  );
  await page.goto(`${studio.url}/videos/${videoId}`);
  await ask(page, 'What moves?');
  const answer = turns(page).first();
  await expect(answer.getByText('Answered by a language model')).toBeVisible();
  await expect(answer.locator('strong')).toHaveText('box');
  await expect(answer.getByRole('table')).toContainText('yellow');
  expect(await seriousProblems(page)).toEqual([]);
  for (const [time, frame] of [
    ['12s', 12 * CLIP.rate],
    ['0:04–0:06', 4 * CLIP.rate],
    ['0:08', 8 * CLIP.rate],
  ] as const) {
    const sought = await probe.nextSeek();
    await answer.getByRole('button', { name: time, exact: true }).click();
    expect(await sought()).toBe(frame);
    await page.keyboard.press('k');
    await probe.resting();
  }
  const segments = answer.getByRole('list', { name: 'Sources' }).getByRole('button');
  expect(await segments.count()).toBeGreaterThan(0);
});

test('earlier turns go along; a question can be edited, and top_k is sent', async ({ page }) => {
  await page.goto(`${studio.url}/videos/${videoId}`);
  says('At 0:04 ', 'a white box.');
  await ask(page, 'What moves?');
  await expect(turns(page).first().getByText('Answered by a language model')).toBeVisible();
  says('It is white.');
  await ask(page, 'And its color?');
  await expect(turns(page).nth(1).getByText('It is white.')).toBeVisible();
  const [, ...history] = model.asked.at(-1)?.messages ?? [];
  expect(history.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
  expect(history.map(({ content }) => content)).toEqual(['What moves?', 'At 0:04 a white box.', 'And its color?']);

  says('It is a rectangle.');
  await turns(page).nth(1).getByRole('button', { name: 'Edit the question' }).click();
  await page.getByRole('textbox', { name: 'Edit the question' }).fill('And its shape?');
  const [request] = await Promise.all([
    page.waitForRequest((sent) => sent.url().endsWith('/chat/ask')),
    page.keyboard.press('Enter'),
  ]);
  expect(request.postDataJSON().top_k).toBeUndefined();
  await expect(turns(page).nth(1).getByText('It is a rectangle.')).toBeVisible();
  await expect(chat(page).getByText('And its color?')).toHaveCount(0);
  expect(
    model.asked
      .at(-1)
      ?.messages.slice(1)
      .map(({ content }) => content),
  ).toEqual(['What moves?', 'At 0:04 a white box.', 'And its shape?']);

  await page.getByRole('button', { name: 'Segments retrieved' }).click();
  await page.getByLabel('Segments retrieved (top_k)').fill('2');
  await page.keyboard.press('Escape');
  const [narrow] = await Promise.all([
    page.waitForRequest((sent) => sent.url().endsWith('/chat/ask')),
    turns(page).nth(1).getByRole('button', { name: 'Retry' }).click(),
  ]);
  expect(narrow.postDataJSON().top_k).toBe(2);
  await expect(turns(page).nth(1).getByText('It is a rectangle.')).toBeVisible();

  await turns(page).nth(1).getByRole('button', { name: 'Show as code' }).click();
  const code = page.getByRole('dialog', { name: 'This question as code' });
  await expect(code.getByRole('tabpanel', { name: 'curl' })).toContainText('"top_k": 2');
  await expect(code.getByLabel('Answer')).toContainText('It is a rectangle.');
});

test('a model that breaks off keeps what it said, gives the credit back and can be asked again', async ({ page }) => {
  await page.goto(`${studio.url}/videos/${videoId}`);
  Object.assign(model.script, { pieces: ['So far ', 'so good ', 'never said'], everyMs: 300, breakAfter: 2 });
  await ask(page, 'What now?');
  const turn = turns(page).first();
  await expect(turn.getByRole('alert')).toContainText('The credit was returned.');
  await expect(turn).toContainText('So far so good');
  says('All of it.');
  await turn.getByRole('button', { name: 'Retry' }).click();
  await expect(turn.getByText('All of it.')).toBeVisible();
  await expect(turn.getByRole('alert')).toHaveCount(0);

  // Stopped by hand: what was said stays.
  Object.assign(model.script, { pieces: Array.from({ length: 500 }, (_, index) => `word${index} `), everyMs: 50 });
  await ask(page, 'Say a lot');
  await expect(turns(page).nth(1)).toContainText('word3');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(turns(page).nth(1).getByText('Stopped.')).toBeVisible();
  await expect(turns(page).nth(1)).toContainText('word3');
});

test('conversations are kept, renamed, exported and deleted with a way back', async ({ page }) => {
  await page.goto(`${studio.url}/videos/${videoId}`);
  const menu = page.getByRole('button', { name: 'Conversations with this video' });
  says('A box.');
  await ask(page, 'What moves?');
  await expect(turns(page).getByText('A box.')).toBeVisible();
  await page.getByRole('button', { name: 'New conversation' }).click();
  await expect(turns(page)).toHaveCount(0);
  says('All of it.');
  await ask(page, 'What now?');
  await expect(turns(page).getByText('All of it.')).toBeVisible();
  await expect(menu).toHaveText('What now?');
  await menu.click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByLabel('Name of the conversation').fill('Second thoughts');
  await page.keyboard.press('Enter');
  await expect(menu).toHaveText('Second thoughts');

  await menu.click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export as Markdown' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Second thoughts.md');
  const markdown = await readFile(await download.path(), 'utf8');
  expect(markdown).toMatch(/^# Second thoughts\n\nVideo: Talked about\n\n## What now\?\n\nAll of it\.\n\n- 00:00:0/);

  await page.reload();
  await expect(menu).toHaveText('Second thoughts');
  await menu.click();
  await page.getByRole('menuitem', { name: 'What moves?' }).click();
  await expect(turns(page).getByText('A box.')).toBeVisible();
  await menu.click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(menu).toHaveText('Second thoughts');
  await page.getByRole('button', { name: 'Undo' }).click();
  await menu.click();
  await expect(page.getByRole('menuitem', { name: 'What moves?' })).toBeVisible();
});

test(`${TOKENS_A_SECOND} tokens a second are drawn some at a time, while the video goes on`, async ({
  page,
  probe,
}) => {
  await page.goto(`${studio.url}/videos/${videoId}`);
  Object.assign(model.script, {
    pieces: longAnswer(TOKENS),
    everyMs: 1000 / TOKENS_A_SECOND,
    breakAfter: null,
  });
  await expect.poll(() => probe.frameNumber()).toBe(0);
  await page.keyboard.press('l');
  await expect.poll(() => probe.isPlaying()).toBe(true);
  await ask(page, 'Say a lot, fast');
  await expect(turns(page).first()).toContainText('box');
  // React draws what has come in one go, which an observer hears of once.
  const draws = await turns(page)
    .first()
    .evaluateHandle((turn) => {
      const count = { draws: 0 };
      new MutationObserver(() => {
        count.draws += 1;
      }).observe(turn, { subtree: true, childList: true, characterData: true });
      return count;
    });
  await expect(turns(page).first().getByText('Answered by a language model')).toBeVisible({ timeout: 30_000 });
  const { draws: drawn } = await draws.jsonValue();
  expect(drawn).toBeGreaterThan(0);
  expect(drawn, 'times the answer was drawn').toBeLessThan(TOKENS / TOKENS_A_DRAW);
  expect(await probe.isPlaying()).toBe(true);
});

test('a platform that dies in the middle of an answer leaves what came', async ({ page }) => {
  quiet(page, /Failed to load resource|ERR_|network error/);
  await page.goto(`${studio.url}/videos/${videoId}`);
  Object.assign(model.script, { pieces: Array.from({ length: 500 }, (_, index) => `word${index} `), everyMs: 50 });
  await ask(page, 'Still there?');
  await expect(turns(page).first()).toContainText('word3');
  await studio.kill();
  await expect(turns(page).first().getByRole('alert')).toBeVisible();
  await expect(turns(page).first()).toContainText('word3');
  await expect(turns(page).first().getByRole('button', { name: 'Retry' })).toBeVisible();
});
