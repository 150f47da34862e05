import { z } from 'zod/mini';
import { formatTimecode } from '../../lib/time.ts';

/**
 * Building blocks of response schemas. A platform may add fields, or send one in another form than documented; that must
 * never cost the caller the answer it belongs to:
 *
 * - a required field (`text`, `number`, `timecode` …) is converted where there is only one way to read it ("0.5" → 0.5, an id
 *   42 → "42"), and is an error otherwise;
 * - an optional field that cannot be read is `undefined`;
 * - `null` in place of a list is an empty list, and entries that cannot be read are left out.
 *
 * The types are those of the documented form: `z.infer` of `optional(number)` is `number | null | undefined`.
 */

type Schema = z.core.$ZodType;

/** A schema from a function that returns `undefined` for what it cannot read. `expected` names the documented form. */
function readAs<Output>(expected: string, read: (value: unknown) => Output | undefined) {
  return z.transform((value: unknown, { issues }): Output => {
    const output = read(value);
    if (output !== undefined) return output;
    issues.push({ code: 'custom', message: `expected ${expected}`, input: value });
    return z.NEVER;
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readNumber = (value: unknown): number | undefined => {
  const result = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof result === 'number' && Number.isFinite(result) ? result : undefined;
};

const readText = (value: unknown): string | undefined =>
  typeof value === 'number' ? String(value) : typeof value === 'string' ? value : undefined;

/** A string; a number (an id, a name) is written out. */
export const text = readAs('a string', readText);

/** A finite number, or a string that is one. */
export const number = readAs('a number', readNumber);

/** A whole number above zero. */
export const positiveInteger = readAs('a positive whole number', (value) => {
  const result = readNumber(value);
  return result !== undefined && Number.isInteger(result) && result > 0 ? result : undefined;
});

/** True or false, also as words. */
export const boolean = readAs('true or false', (value) =>
  value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined,
);

/** Up to here a number of a point in time counts seconds since 1970, above it milliseconds: both are in the year 1973 to 5138. */
const MAX_EPOCH_SECONDS = 1e11;
const MAX_DATE_MS = 8.64e15;

/** A point in time as the API's string (ISO 8601). Numbers are seconds or milliseconds since 1970. */
export const timestamp = readAs('a date', (value) => {
  if (typeof value !== 'number') return readText(value);
  const ms = Math.abs(value) < MAX_EPOCH_SECONDS ? value * 1000 : value;
  return Math.abs(ms) <= MAX_DATE_MS ? new Date(ms).toISOString() : undefined;
});

/** A position in a video as the API's string (`HH:MM:SS`). Numbers are seconds. */
export const timecode = readAs('a time code', (value) =>
  typeof value === 'number' ? (value >= 0 ? formatTimecode(value) : undefined) : readText(value),
);

/** An embedding. It is all or nothing: leaving out a number would move the others. */
export const vector = readAs('a list of numbers', (value): number[] | undefined => {
  if (!Array.isArray(value)) return undefined;
  const numbers = value.map(readNumber);
  return numbers.every((each) => each !== undefined) ? numbers : undefined;
});

/** Any JSON object, as it is. */
export const record = readAs('an object', (value) => (isRecord(value) ? value : undefined));

/** A field that may be missing or null, and is `undefined` when it cannot be read. `prepare` converts another form of it. */
export const optional = <Value extends Schema>(schema: Value, prepare = (value: unknown) => value) =>
  z.optional(
    z.transform((value: unknown): z.output<Value> | null | undefined =>
      value === null ? null : z.safeParse(schema, prepare(value)).data,
    ),
  );

/** The same for fields that are always there in the documented form: unreadable and missing ones are null. */
export const nullable = <Value extends Schema>(schema: Value) =>
  z.transform((value: unknown): z.output<Value> | null => z.safeParse(schema, value).data ?? null);

/** A number with a default, for when it is missing, null or cannot be read. */
export const numberOr = (value: number) => readAs('a number', (input) => readNumber(input) ?? value);

/** The entries that `item` can read. Undefined when there are some, and it can read none: that is another kind of list. */
function readEntries<Item extends Schema>(item: Item, entries: readonly unknown[]): z.output<Item>[] | undefined {
  const read: z.output<Item>[] = [];
  for (const entry of entries) {
    const result = z.safeParse(item, entry);
    if (result.success) read.push(result.data);
  }
  return read.length === 0 && entries.length > 0 ? undefined : read;
}

/** The list in an answer: itself, null for none, or in the first of the `wrappers` fields that the answer has. */
function unwrapList(value: unknown, wrappers: readonly string[]): readonly unknown[] | undefined {
  if (value === null) return [];
  if (Array.isArray(value)) return value;
  const wrapper = isRecord(value) ? wrappers.find((key) => key in value) : undefined;
  return isRecord(value) && wrapper !== undefined ? unwrapList(value[wrapper], []) : undefined;
}

/** A list of `item`. `wrappers` are fields of an object that it may come in instead (`{"data": […]}`). */
export const listOf = <Item extends Schema>(item: Item, ...wrappers: string[]) =>
  readAs('a list', (value) => {
    const list = unwrapList(value, wrappers);
    return list && readEntries(item, list);
  });

/** A page of a list: what could be read, and how many entries the platform sent, which tells whether the list goes on. */
export const pageOf = <Item extends Schema>(item: Item, ...wrappers: string[]) =>
  readAs('a list', (value) => {
    const list = unwrapList(value, wrappers);
    const items = list && readEntries(item, list);
    return list && items && { items, received: list.length };
  });

/** An object whose values are `item`, by any key. */
export const recordOf = <Item extends Schema>(item: Item) =>
  readAs('an object', (value): Record<string, z.output<Item>> | undefined => {
    if (value === null) return {};
    if (!isRecord(value)) return undefined;
    const entries: [string, z.output<Item>][] = [];
    for (const [key, entry] of Object.entries(value)) {
      const result = z.safeParse(item, entry);
      if (result.success) entries.push([key, result.data]);
    }
    return Object.fromEntries(entries);
  });
