import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { v5 } from 'uuid';

const NAMESPACE = 'c3b7d9f6-6a64-4f0e-9d0c-3f0b8a1f6e21';
const MAX_KEY_LENGTH = 200;

function getKey(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  return typeof key === 'string' && key.length > 0 && key.length <= MAX_KEY_LENGTH ? key : null;
}

/**
 * The id of what a request creates: the same one when the request is sent again with the same `Idempotency-Key`, so that
 * it creates one thing. `purpose` tells several ids of one request apart.
 */
export function getCreatedId(request: FastifyRequest, purpose: string): string {
  const key = getKey(request);
  return key === null ? randomUUID() : v5(`${request.owner}\n${purpose}\n${key}`, NAMESPACE);
}

/**
 * Names what a request is charged for, so that a request that is sent again is charged once; null without a key. Another
 * request with the same key is charged, too.
 */
export function getChargeKey(request: FastifyRequest): string | null {
  const key = getKey(request);
  const content = JSON.stringify(request.body ?? null);
  return key === null ? null : `request:${v5(`${request.url}\n${content}\n${key}`, NAMESPACE)}`;
}
