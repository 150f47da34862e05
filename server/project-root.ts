import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(import.meta.url);

/** The folder of the project. This file is one level below it, as a source and in what is built of it. */
export const PROJECT_ROOT = path.resolve(path.dirname(HERE), '..');

/** Whether the server was built; otherwise it runs from its TypeScript sources, as in unit tests. */
export const IS_BUILT = HERE.endsWith('.js');
