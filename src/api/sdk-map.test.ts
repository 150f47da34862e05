import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(path.join(ROOT, 'docs/sdk-map.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('|'));

test('no cell of docs/sdk-map.md is empty', () => {
  const cells = rows.flatMap((row) => row.split('|').slice(1, -1));
  expect(cells.filter((cell) => cell.trim() === '')).toEqual([]);
});

test('every test that docs/sdk-map.md names exists', () => {
  const inApi = readdirSync(path.join(ROOT, 'src/api'), { recursive: true }).map(String);
  const exists = (name: string) =>
    existsSync(path.join(ROOT, 'e2e/contract', name)) || inApi.some((file) => `/${file}`.endsWith(`/${name}`));
  const named = [...page.matchAll(/`([\w/-]+\.test\.ts)`/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !exists(name))).toEqual([]);
});
