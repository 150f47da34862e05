import { z } from 'zod/mini';

/** A UUID as it is stored: in requests, its letters may be of either case (RFC 9562, 4). */
export const idSchema = z.uuid().check(z.toLowerCase());
