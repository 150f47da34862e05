import type { PostgresPool } from 'kysely';
import type { StatementRows } from './pglite-protocol.ts';
import type { PGliteThread } from './pglite-thread.ts';

/** One statement's outcome, in the shape that `pg` gives it. */
interface StatementResult {
  readonly command: 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE' | 'MERGE';
  readonly rowCount: number;
  // biome-ignore lint/suspicious/noExplicitAny: kysely's own interface of a pg result
  readonly rows: any[];
}

const COMMANDS = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'] as const;

function getCommand(statement: string): StatementResult['command'] {
  const first = statement.trimStart().slice(0, 6).toUpperCase();
  return COMMANDS.find((command) => first.startsWith(command)) ?? 'SELECT';
}

/**
 * A `pg` pool over PGlite, which is one connection: whoever holds it has it alone, so that the statements of one
 * transaction never mix with another's.
 */
export class PGlitePool implements PostgresPool {
  readonly #pglite: PGliteThread;
  #last: Promise<void> = Promise.resolve();

  constructor(pglite: PGliteThread) {
    this.#pglite = pglite;
  }

  async #acquire(): Promise<() => void> {
    const before = this.#last;
    let release: () => void = () => undefined;
    this.#last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return release;
  }

  async #run(statement: string, parameters?: readonly unknown[]): Promise<StatementResult> {
    // A statement without parameters may be several in one string, which only exec takes.
    const { rows, affectedRows }: StatementRows =
      parameters && parameters.length > 0
        ? await this.#pglite.query(statement, parameters)
        : await this.#pglite.exec(statement);
    return { command: getCommand(statement), rowCount: affectedRows ?? rows.length, rows };
  }

  /** One statement in a turn of its own. */
  async query(statement: string, parameters?: readonly unknown[]): Promise<StatementResult> {
    return this.exclusively(() => this.#run(statement, parameters));
  }

  async connect(): ReturnType<PostgresPool['connect']> {
    const release = await this.#acquire();
    return {
      // biome-ignore lint/suspicious/noExplicitAny: kysely types rows by its caller and cursors by pg
      query: (statement: any, parameters?: readonly unknown[]): any => this.#run(statement, parameters),
      release,
    };
  }

  /** Runs `work` with PGlite in a turn of its own. */
  async exclusively<Result>(work: () => Promise<Result>): Promise<Result> {
    const release = await this.#acquire();
    try {
      return await work();
    } finally {
      release();
    }
  }

  async end(): Promise<void> {
    await this.#last;
    await this.#pglite.close();
  }
}
