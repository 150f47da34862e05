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

export const videoNotFound = () => new HttpError(404, 'There is no such video, or it was deleted.');
export const notYours = () => new HttpError(403, 'This API key may not use that video.');
