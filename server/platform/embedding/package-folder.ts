import { existsSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_ROOT } from '../../project-root.ts';

/** The folder of an installed package, also of one whose `exports` hide its data files. */
export function packageFolder(name: string): string {
  let folder = PROJECT_ROOT;
  for (;;) {
    const candidate = path.join(folder, 'node_modules', name);
    if (existsSync(candidate)) return candidate;
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error(`The package ${name} is not installed.`);
    folder = parent;
  }
}
