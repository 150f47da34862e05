import { createHash } from 'node:crypto';
import { v5 } from 'uuid';
import type { Db } from './db/database.ts';
import { HttpError } from './http/http-error.ts';

/** An API key and whose data it gives access to. */
export interface ApiKey {
  readonly key: string;
  readonly owner: string;
}

const USER_NAMESPACE = '7d1f1c0e-58a3-4c55-9f0b-2f4f3c3a6d10';
const SETTING = 'primary_owner';
const DEFAULT_OWNER = 'studio';

/** Owner id of a key that was configured without one: a digest, so that the database never holds a key. */
export function getDerivedOwner(apiKey: string): string {
  return createHash('sha256').update(apiKey).digest('hex').slice(0, 32);
}

/** The UUID that stands for an owner in answers of the API. */
export const getUserId = (owner: string): string => v5(owner, USER_NAMESPACE);

/** Reads `name:key` or `key`; a name makes the owner independent of the key. */
export function parseApiKey(text: string): ApiKey {
  const named = /^([\w.-]{1,64}):(.+)$/.exec(text);
  return named?.[1] && named[2]
    ? { key: named[2], owner: `name:${named[1]}` }
    : { key: text, owner: getDerivedOwner(text) };
}

/**
 * The owner of what the studio's own key creates: the same one when that key is replaced. Version 0.1 derived owners from
 * keys, so data of that version keeps the owner it was made with.
 */
export async function getPrimaryOwner(db: Db, apiKey: string, others: readonly ApiKey[]): Promise<string> {
  const known = await db.selectFrom('settings').select('value').where('name', '=', SETTING).executeTakeFirst();
  if (known) return known.value;
  const rows = await db
    .selectFrom('videos')
    .select('owner')
    .union(db.selectFrom('uploads').select('owner'))
    .union(db.selectFrom('collections').select('owner'))
    .union(db.selectFrom('credits').select('owner'))
    .execute();
  const owners = rows.map(({ owner }) => owner).filter((owner) => !others.some((other) => other.owner === owner));
  const derived = getDerivedOwner(apiKey);
  const [only] = owners;
  const owner = owners.includes(derived) ? derived : owners.length === 1 && only ? only : DEFAULT_OWNER;
  await db
    .insertInto('settings')
    .values({ name: SETTING, value: owner })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return owner;
}

/** Whether these are the data of the studio's own key: what concerns everybody is for it to decide. */
export async function isPrimaryOwner(db: Db, owner: string): Promise<boolean> {
  const known = await db.selectFrom('settings').select('value').where('name', '=', SETTING).executeTakeFirst();
  return known?.value === owner;
}

/** Throws a 403 for the data of another key. */
export async function requirePrimaryOwner(db: Db, owner: string): Promise<void> {
  if (!(await isPrimaryOwner(db, owner))) throw new HttpError(403, "Only the studio's own key may change models.");
}
