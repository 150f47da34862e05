import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { IS_BUILT, PROJECT_ROOT } from '../project-root.ts';
import { packageFolder } from './embedding/package-folder.ts';

/** The program of a worker thread. */
export interface ThreadEntry {
  /** Its name in `dist-server`. */
  readonly built: string;
  /** Its path below `server/platform`. */
  readonly source: string;
}

/** Starts a worker thread of the server. */
export function startThread({ built, source }: ThreadEntry, workerData?: unknown): Worker {
  if (IS_BUILT) return new Worker(path.join(PROJECT_ROOT, 'dist-server', built), { workerData });
  // From its sources, as in tests: a thread does not take over what translates TypeScript in this one.
  const translator = pathToFileURL(path.join(packageFolder('tsx'), 'dist', 'esm', 'api', 'index.mjs'));
  const entry = pathToFileURL(path.join(PROJECT_ROOT, 'server', 'platform', source));
  const code = `import('${translator}').then(({ register }) => { register(); return import('${entry}'); })`;
  return new Worker(code, { eval: true, workerData });
}
