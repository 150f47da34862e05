/** A new key for `idempotencyKey`: 128 random bits. `crypto.randomUUID` exists in secure contexts only. */
export const createIdempotencyKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
