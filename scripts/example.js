// npm run example -- chat/ask <video id> <question>: runs one of the examples against a running platform.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, ROOT } from './install.js';

ensureInstalled();
const [name = '', ...rest] = process.argv.slice(2);
const file = path.join(ROOT, 'examples', `${name}.ts`);
if (!/^[a-z]+\/[a-z-]+$/.test(name) || !existsSync(file)) {
  const known = readdirSync(path.join(ROOT, 'examples'), { recursive: true })
    .map(String)
    .filter((entry) => entry.includes(path.sep) && entry.endsWith('.ts') && !entry.endsWith('rows.ts'));
  console.error(
    `Which example? One of:\n  ${known
      .map((entry) => entry.replace(/\.ts$/, ''))
      .sort()
      .join('\n  ')}`,
  );
  process.exit(1);
}
const { status } = spawnSync(process.execPath, ['--import', 'tsx', file, ...rest], { stdio: 'inherit' });
process.exit(status ?? 1);
