import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

/** How much the API layer adds to a browser bundle, gzipped and without zod: whole, and what one call of it needs. */

const kilobytes = (code: string) => (gzipSync(code).length / 1000).toFixed(1);

async function bundled(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: true,
      lib: { entry: fileURLToPath(new URL(`../src/api/${entry}`, import.meta.url)), formats: ['es'] },
      rolldownOptions: { external: [/^zod/] },
    },
  });
  const outputs = (Array.isArray(result) ? result : [result]) as Rolldown.RolldownOutput[];
  return outputs.flatMap(({ output }) => output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : ''))).join('');
}

const whole = await bundled('index.ts');
const client = await bundled('client.ts');
console.log(
  `the API layer in a browser bundle, gzipped, without zod: whole ${kilobytes(whole)} kB, the client ${kilobytes(client)} kB`,
);
