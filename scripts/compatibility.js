// Fails when the built app uses a browser API that the supported browsers do not have.
import path from 'node:path';
import { ESLint } from 'eslint';
import compat from 'eslint-plugin-compat';
import { ensureAppBuilt } from './build.js';
import { ROOT } from './install.js';

/** The last two years of the browsers that people use. */
const BROWSERS = ['Chrome', 'Edge', 'Firefox', 'Safari', 'iOS'].map((browser) => `${browser} > 0 and last 2 years`);

/** What is asked for before it is used, by us or by a library, and done without where it is missing. */
const GUARDED = [
  'navigator.userAgentData',
  'navigator.connection',
  // Mantine compares with it where there is one.
  'TouchEvent',
  'document.pictureInPictureEnabled',
  'document.pictureInPictureElement',
  'document.exitPictureInPicture',
];

ensureAppBuilt();
const eslint = new ESLint({
  cwd: ROOT,
  overrideConfigFile: true,
  ignore: false,
  overrideConfig: [
    {
      files: ['**/*.js'],
      plugins: { compat },
      languageOptions: { ecmaVersion: 'latest', sourceType: 'module' },
      linterOptions: { reportUnusedDisableDirectives: 'off' },
      settings: { browsers: BROWSERS, polyfills: GUARDED },
      rules: { 'compat/compat': 'error' },
    },
  ],
});
const results = await eslint.lintFiles([path.join(ROOT, 'dist', 'assets', '*.js')]);
const problems = results.flatMap(({ filePath, messages }) =>
  messages.map(({ line, column, message }) => `${path.relative(ROOT, filePath)}:${line}:${column}: ${message}`),
);
for (const problem of problems) console.error(problem);
if (problems.length === 0)
  console.log(`${results.length} files use nothing that the browsers of the last two years lack.`);
process.exit(problems.length === 0 ? 0 : 1);
