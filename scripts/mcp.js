// npm run --silent mcp: the studio's tools for an assistant, by the Model Context Protocol on standard input and output.
import { ensureInstalled } from './install.js';

ensureInstalled();
// In this process, so that an assistant that ends it leaves nothing behind. Loaded once they are sure to be installed.
const { register } = await import('tsx/esm/api');
register();
await import('../mcp/main.ts');
