import { z } from 'zod';

/** An answer that is not 2xx, with the sentence it carries. */
export class HttpError extends Error {
  override name = 'HttpError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A request that is not valid: 422 with one entry a fault, as FastAPI writes them. */
export class ValidationError extends Error {
  override name = 'ValidationError';
  readonly detail: readonly { loc: (string | number)[]; msg: string; type: string }[];

  constructor(error: z.ZodError, where: 'body' | 'query' | 'path') {
    super('The request is not valid.');
    this.detail = error.issues.map((issue) => ({
      loc: [where, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))],
      msg: issue.message,
      type: issue.code,
    }));
  }
}

/** Parses what a client sent, or throws the 422. */
export function valid<Schema extends z.core.$ZodType>(
  schema: Schema,
  data: unknown,
  where: 'body' | 'query' | 'path' = 'body',
): z.output<Schema> {
  const parsed = z.safeParse(schema, data);
  if (!parsed.success) throw new ValidationError(parsed.error, where);
  return parsed.data;
}

/** One answer for unknown ids and for videos of other owners, so that it does not reveal which ids exist. */
export const videoNotOwned = () => new HttpError(403, 'There is no such video, or this API key does not own it.');
/** For the owner of a video that is in the trash. */
export const videoDeleted = () => new HttpError(404, 'This video was deleted.');
