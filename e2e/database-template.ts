import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '../server/platform/db/database.ts';

const VARIABLE = 'STUDIO_DATABASE_TEMPLATE';

/**
 * Makes an empty, migrated database once for all studios of a test run: making one takes three seconds of two cores, copying
 * it a tenth of one. Studios that are given a data folder make their own. A global setup of vitest and Playwright; returns
 * the teardown.
 */
export default async function makeDatabaseTemplate(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mikshi-template-'));
  await (await openDatabase(folder, undefined)).close();
  process.env[VARIABLE] = folder;
  return () => rm(folder, { recursive: true, force: true });
}

/** Puts a copy of the template's database into a new data folder, where there is a template. */
export async function copyDatabaseTemplate(dataDir: string): Promise<void> {
  const folder = process.env[VARIABLE];
  if (folder) await cp(folder, dataDir, { recursive: true });
}
