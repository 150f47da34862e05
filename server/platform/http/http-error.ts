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

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  date: 'a date',
  array: 'a list',
  object: 'an object',
};

const quantity = (limit: number | bigint, one: string) => `${limit} ${one}${Number(limit) === 1 ? '' : 's'}`;

/** What is wrong with a value, as the rest of a sentence that starts with its name. Schemas may have words of their own. */
const describeIssue: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is required' : `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      if (issue.expected === 'stringbool') return 'must be true or false';
      return issue.input === undefined ? 'is required' : `must be one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_format':
      return issue.format === 'uuid' ? 'must be a UUID' : 'is not valid';
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return 'must not be empty';
      if (issue.origin === 'string') return `must have at least ${quantity(issue.minimum, 'character')}`;
      if (issue.origin === 'array') return `must have at least ${quantity(issue.minimum, 'item')}`;
      return `must be at least ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'string') return `must have at most ${quantity(issue.maximum, 'character')}`;
      if (issue.origin === 'array') return `must have at most ${quantity(issue.maximum, 'item')}`;
      return `must be at most ${issue.maximum}`;
    default:
      return 'is not valid';
  }
};

type Where = 'body' | 'query' | 'path';

/** The issue as a sentence: "top_k must be between 1 and 500.", "history[0].role is required." */
function toSentence({ code, path, message }: z.core.$ZodIssue, where: Where): string {
  const [field, ...rest] = path.map(String);
  // A rule about several fields names them itself.
  if (field === undefined) return code === 'custom' ? message : `The request's ${where} ${message}.`;
  const inner = rest.map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`)).join('');
  return `${field === '*' ? 'The path' : field}${inner} ${message}.`;
}

/** A request that is not valid: 422 with one entry per issue, shaped as FastAPI shapes them. */
export class ValidationError extends Error {
  override name = 'ValidationError';
  readonly detail: readonly { loc: (string | number)[]; msg: string; type: string }[];

  constructor(error: z.core.$ZodError, where: Where) {
    super('The request is not valid.');
    this.detail = error.issues.map((issue) => ({
      loc: [where, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))],
      msg: toSentence(issue, where),
      type: issue.code,
    }));
  }
}

/** Parses what a client sent, or throws the 422. */
export function valid<Schema extends z.core.$ZodType>(
  schema: Schema,
  data: unknown,
  where: Where = 'body',
): z.output<Schema> {
  const parsed = z.safeParse(schema, data, { error: describeIssue });
  if (!parsed.success) throw new ValidationError(parsed.error, where);
  return parsed.data;
}

/** One answer for unknown ids and for videos of other owners, so that it does not reveal which ids exist. */
export const videoNotOwned = () => new HttpError(403, 'There is no such video, or this API key does not own it.');
/** For the owner of a video that is in the trash. */
export const videoDeleted = () => new HttpError(404, 'This video was deleted.');
