import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { timecodeClip } from '../clips/make-clip.ts';
import { type Studio, startStudio } from '../studio.ts';

/** The document's Python programs against the embedded platform, through a client of the standard library alone. */

const FOLDER = fileURLToPath(new URL('./python/', import.meta.url));
const PYTHON = 'python3';
/** The programs use syntax of 3.8 and later. Where there is no such Python, these tests are skipped. */
const hasPython = spawnSync(PYTHON, ['-c', 'import sys; sys.exit(sys.version_info < (3, 8))']).status === 0;
const UUID = '[0-9a-f-]{36}';

describe.skipIf(!hasPython)('in Python', () => {
  let studio: Studio;
  let clip: string;
  beforeAll(async () => {
    studio = await startStudio();
    clip = await timecodeClip(12);
  });
  afterAll(() => studio.stop());

  async function run(program: string, argument: string): Promise<string> {
    const { stdout } = await promisify(execFile)(PYTHON, [program, argument], {
      cwd: FOLDER,
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        PYTHONDONTWRITEBYTECODE: '1',
        MIKSHI_BASE_URL: studio.platformUrl,
        MIKSHI_API_KEY: studio.apiKey,
      },
    });
    return stdout;
  }

  test('the quick start and the recipes do what the document says', async () => {
    const printed = await run('quick_start.py', clip);
    expect(printed.match(/^hit #\d \[[\d:.]+ - [\d:.]+\] http/gm)).toHaveLength(3);
    expect(printed).toMatch(/^answer ./m);
    const videoId = new RegExp(`^video (${UUID})$`, 'm').exec(printed)?.[1] ?? '';
    const facts = await run('recipes.py', videoId);
    expect(
      facts
        .trim()
        .split('\n')
        .filter((line) => !line.endsWith(' ok')),
    ).toEqual([]);
  });

  test('each way to upload works', async () => {
    const printed = await run('uploads.py', clip);
    for (const way of ['upload_file', 'direct', 'manual', 'resumed'])
      expect(printed).toMatch(new RegExp(`^${way} ${UUID}$`, 'm'));
    expect(printed).toContain('progress 100%');
    expect(printed).toContain('resuming ');
    expect(printed).toMatch(/^youtube YOUTUBE_\w+$/m);
  });
});
