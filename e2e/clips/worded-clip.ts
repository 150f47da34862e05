import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PROJECT_ROOT } from '../../server/project-root.ts';
import { makeSource, SD_PIXELS } from './sources/make-source.ts';

/** A clip of 12 s in which these words are said (a subtitle track) and written. Times are in seconds. */
export const WORDS = {
  seconds: 12,
  said: [
    { start: 1, end: 3, text: 'Please check the forklifts\nbefore you leave.' },
    { start: 9.5, end: 11, text: 'Part number AX-4711 is missing.' },
  ],
  written: [
    { start: 2, end: 7, text: 'EMERGENCY EXIT' },
    { start: 6, end: 12, text: 'Dock 7 - Loading area' },
    { start: 0, end: 12, text: 'CAM 03' },
  ],
} as const;

const FONT = path.join(PROJECT_ROOT, 'node_modules/@fontsource/inter/files/inter-latin-600-normal.woff');

const draw = (options: string) => `drawtext=fontfile=${FONT}:fontcolor=white:box=1:boxcolor=0x203020:${options}`;
const toTime = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 23).replace('.', ',');

/** The clip's path; made once for each machine. */
export async function wordedClip(): Promise<string> {
  const file = path.join(tmpdir(), 'mikshi-studio-words-v1.mkv');
  if (existsSync(file)) return file;
  const folder = await mkdtemp(path.join(tmpdir(), 'mikshi-words-'));
  const [exit, dock] = WORDS.written;
  const filter = [
    draw(`text='${exit.text}':x=80:y=130:fontsize=44:enable='between(t,${exit.start - 0.01},${exit.end - 0.01})'`),
    draw(`text='${dock.text}':x=420:y=320:fontsize=32:enable='gte(t,${dock.start - 0.01})'`),
    // A clock that ticks.
    draw(`text='2026-03-14 10\\:22\\:%{eif\\:t\\:d\\:2} CAM 03':x=230:y=480:fontsize=22`),
    SD_PIXELS,
  ].join(',');
  const text = WORDS.said
    .map(({ start, end, text: said }, index) => `${index + 1}\n${toTime(start)} --> ${toTime(end)}\n${said}\n`)
    .join('\n');
  const made = await makeSource(folder, {
    file: 'words.mkv',
    duration: WORDS.seconds,
    flashAt: 8,
    pictures: [{ size: [960, 540], filter }],
    subtitles: [{ text, format: 'srt', language: 'eng' }],
  });
  await rename(made, file);
  await rm(folder, { recursive: true, force: true });
  return file;
}
