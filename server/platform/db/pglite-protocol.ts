/** Messages between the platform and the worker thread of the embedded database. */

export type DatabaseCall =
  /** One statement, or several in one string. */
  | { readonly method: 'exec'; readonly statement: string }
  | { readonly method: 'query'; readonly statement: string; readonly parameters: readonly unknown[] }
  | { readonly method: 'listen'; readonly channel: string }
  | { readonly method: 'close' };

export type DatabaseRequest = DatabaseCall & { readonly id: number };

/** Of the last statement. */
export interface StatementRows {
  readonly rows: unknown[];
  /** Null for statements that change nothing. */
  readonly affectedRows: number | null;
}

/** An error with the fields that would be lost between threads. */
export interface PlainError {
  readonly message: string;
  /** Of Postgres, or of the file system. */
  readonly code: string | null;
  readonly cause: PlainError | null;
}

export type DatabaseMessage =
  | { readonly type: 'open' }
  | { readonly type: 'failed'; readonly error: PlainError }
  | { readonly type: 'result'; readonly id: number; readonly result: StatementRows }
  | { readonly type: 'error'; readonly id: number; readonly error: PlainError }
  | { readonly type: 'notification'; readonly channel: string; readonly payload: string };

const getCode = (error: Error) => ('code' in error && typeof error.code === 'string' ? error.code : null);

export function toPlainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { message: String(error), code: null, cause: null };
  return {
    message: error.message,
    code: getCode(error),
    cause: error.cause === undefined ? null : toPlainError(error.cause),
  };
}

/** An error of the embedded database, as its thread has reported it. */
export class EmbeddedDatabaseError extends Error {
  override name = 'EmbeddedDatabaseError';
  readonly code: string | undefined;

  constructor({ message, code, cause }: PlainError) {
    super(message, cause ? { cause: new EmbeddedDatabaseError(cause) } : undefined);
    this.code = code ?? undefined;
  }
}
