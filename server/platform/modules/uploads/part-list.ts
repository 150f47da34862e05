import type { UploadedPart } from '#api/contracts/uploads.ts';
import { HttpError } from '../../http/http-error.ts';
import type { StoredPart } from '../../objects/object-store.ts';

const unquoted = (etag: string) => etag.replaceAll('"', '');

/** The stored parts that a client lists, in its order. Throws a 400 when one is missing, out of order, or another. */
export function pickParts(stored: readonly StoredPart[], listed: readonly UploadedPart[]): StoredPart[] {
  const byNumber = new Map(stored.map((part) => [part.part_number, part]));
  let last = 0;
  return listed.map(({ part_number, etag }) => {
    const part = byNumber.get(part_number);
    if (part_number <= last) throw new HttpError(400, 'Parts must be listed in ascending order, each once.');
    if (!part) throw new HttpError(400, `Part ${part_number} has not been uploaded.`);
    if (unquoted(part.etag) !== unquoted(etag))
      throw new HttpError(400, `Part ${part_number} has another ETag than the one listed.`);
    last = part_number;
    return part;
  });
}

/** Parts that are listed by a client alone: the store has joined them already. */
export const toStoredParts = (listed: readonly UploadedPart[]): StoredPart[] =>
  listed.map((part) => ({ ...part, bytes: 0, file: '' }));

export const getBytes = (parts: readonly StoredPart[]) => parts.reduce((sum, { bytes }) => sum + bytes, 0);
