import { z } from 'zod/mini';

/** A text that a database can keep: Postgres takes every character but NUL. */
export const keptTextSchema = z
  .string()
  .check(z.refine((text) => !text.includes('\u0000'), { message: 'must not hold a NUL character' }));
