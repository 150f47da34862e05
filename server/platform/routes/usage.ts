import { readdir, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Platform } from '../context.ts';
import { creditsUsed } from '../credits.ts';
import { valid } from '../problem.ts';

const sinceSchema = z.object({ since: z.iso.datetime().optional() });

/** The bytes of all files in a folder. What goes while it is looked at counts as nothing. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let total = 0;
  for (const entry of entries) {
    const at = path.join(folder, entry.name);
    total += entry.isDirectory() ? await bytesIn(at) : ((await stat(at).catch(() => null))?.size ?? 0);
  }
  return total;
}

/** What the owner of a key has used of credits, and the studio of the disk. Beside the API: only this platform has it. */
export function usageRoutes(app: FastifyInstance, { db, layout }: Platform): void {
  app.get('/local/credits', async ({ owner, query }) => {
    const { since } = valid(sinceSchema, query, 'query');
    return creditsUsed(db, owner, since === undefined ? null : new Date(since));
  });
  app.get('/local/disk', async () => {
    const folder = path.dirname(layout.objects);
    const [footage, uploads, everything, { bavail, bsize }] = await Promise.all([
      bytesIn(layout.objects),
      bytesIn(layout.uploads),
      bytesIn(folder),
      statfs(folder),
    ]);
    return { footage, uploads, rest: Math.max(0, everything - footage - uploads), free: bavail * bsize };
  });
}
