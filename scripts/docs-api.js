// npm run docs:api: the API reference of the client, from its doc comments, as Markdown in docs/api.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT } from './install.js';

// TypeDoc reads programs with the compiler's JavaScript API, which TypeScript 7 does not have yet. Both come from npm's cache,
// beside the installed packages.
const PACKAGES = ['typedoc@0.28.20', 'typedoc-plugin-markdown@4.14.1', 'typescript@5.9.3'];

const { status } = spawnSync(
  process.platform === 'win32' ? 'npm.cmd' : 'npm',
  [
    'exec',
    '--yes',
    '--ignore-scripts',
    ...PACKAGES.map((name) => `--package=${name}`),
    '--',
    'typedoc',
    '--options',
    path.join(ROOT, 'typedoc.json'),
  ],
  { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' },
);
process.exit(status ?? 1);
