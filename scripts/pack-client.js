// npm run pack:client [-- folder]: makes the client package (default in dist-api) and prints the path of its tarball.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { copyFieldComments } from './field-comments.js';
import { ROOT } from './install.js';

const folder = path.resolve(process.argv[2] ?? path.join(ROOT, 'dist-api'));
const { version, license, engines, dependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));

function run(program, ...args) {
  const { status, stdout } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status === 0) return stdout;
  console.error(stdout);
  process.exit(status ?? 1);
}

/** Imports name the file that is there: not every compiler looks for `x.d.ts` when a declaration imports `./x.ts`. */
function renameImports(directory) {
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const renamed = readFileSync(file, 'utf8').replace(/((?:from |import\()['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2');
    writeFileSync(file, renamed);
  }
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

// All that is not zod or Node is put into the package's own files, so that it depends on nothing else.
await build({
  configFile: false,
  root: ROOT,
  publicDir: false,
  logLevel: 'warn',
  build: {
    outDir: folder,
    emptyOutDir: false,
    minify: false,
    target: 'es2023',
    modulePreload: false,
    lib: {
      entry: { index: path.join(ROOT, 'src/api/index.ts'), node: path.join(ROOT, 'src/api/node/index.ts') },
      formats: ['es'],
      fileName: (_, name) => `${name}.js`,
    },
    rolldownOptions: {
      external: [/^zod(\/|$)/, /^node:/],
      output: { chunkFileNames: 'chunks/[name].js' },
    },
  },
});

const types = path.join(folder, 'types');
run(
  process.execPath,
  path.join(ROOT, 'node_modules/typescript/bin/tsc'),
  '-p',
  path.join(ROOT, 'tsconfig.api.json'),
  '--outDir',
  types,
);
const contracts = path.join(types, 'api/contracts');
for (const name of readdirSync(contracts)) {
  copyFieldComments(path.join(ROOT, 'src/api/contracts', name.replace(/\.d\.ts$/, '.ts')), path.join(contracts, name));
}
renameImports(types);

cpSync(path.join(ROOT, 'LICENSE'), path.join(folder, 'LICENSE'));
cpSync(path.join(ROOT, 'src/api/README.md'), path.join(folder, 'README.md'));
cpSync(path.join(ROOT, 'node_modules/eventsource-parser/LICENSE'), path.join(folder, 'LICENSE-eventsource-parser'));
writeFileSync(
  path.join(folder, 'package.json'),
  `${JSON.stringify(
    {
      name: '@mikshi/studio-client',
      version,
      description: 'A typed client for the Mikshi Video Understanding Platform, for browsers and Node',
      license,
      type: 'module',
      engines,
      sideEffects: false,
      files: ['*.js', 'chunks', 'types', 'LICENSE-eventsource-parser'],
      exports: {
        '.': { types: './types/api/index.d.ts', default: './index.js' },
        './node': { types: './types/api/node/index.d.ts', default: './node.js' },
        './package.json': './package.json',
      },
      dependencies: { zod: `^${dependencies.zod}` },
    },
    null,
    2,
  )}\n`,
);

const [{ filename }] = JSON.parse(run('npm', 'pack', '--json', '--ignore-scripts'));
console.log(path.join(folder, filename));
