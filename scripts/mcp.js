// npm run --silent mcp: the studio's tools for an assistant, by the Model Context Protocol on standard input and output.
import path from 'node:path';
import { ensureInstalled, ROOT } from './install.js';

ensureInstalled();
// Run in this process: ending it leaves no child behind. The configuration is the project's own, whatever folder this starts in.
const { register } = await import('tsx/esm/api');
register({ tsconfig: path.join(ROOT, 'tsconfig.json') });
await import('../mcp/main.ts');
