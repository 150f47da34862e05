import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type ConnectionInput, connectionInputSchema } from '../../../src/api/contracts/integrations.ts';
import type { Document, State } from '../state/document.ts';
import { readEnvironmentConnections, type StoredConnection, storedConnection } from './stored-connection.ts';

const fileSchema = z.array(z.object({ ...connectionInputSchema.shape, id: z.string() }));

/** The connections to vector databases: those of the environment, and those that people made. */
export class Connections {
  readonly #fixed: readonly StoredConnection[];
  readonly #document: Document<StoredConnection[]>;

  private constructor(fixed: readonly StoredConnection[], document: Document<StoredConnection[]>) {
    this.#fixed = fixed;
    this.#document = document;
  }

  static async open(state: State, environment: NodeJS.ProcessEnv): Promise<Connections> {
    const document = await state.open<StoredConnection[]>('connections', fileSchema, []);
    return new Connections(readEnvironmentConnections(environment), document);
  }

  get all(): readonly StoredConnection[] {
    return [...this.#fixed, ...this.#document.content];
  }

  find(id: string): StoredConnection | undefined {
    return this.all.find((connection) => connection.id === id);
  }

  async add(typed: ConnectionInput): Promise<StoredConnection> {
    const connection = storedConnection(randomUUID(), typed);
    await this.#document.change((all) => [...all, connection]);
    return connection;
  }

  /** Null for one that is not there, or that the environment describes. */
  async replace(id: string, typed: ConnectionInput): Promise<StoredConnection | null> {
    const before = this.#document.content.find((connection) => connection.id === id);
    if (!before) return null;
    const after = storedConnection(id, typed, { before });
    await this.#document.change((all) => all.map((connection) => (connection.id === id ? after : connection)));
    return after;
  }

  /** False for one that is not there, or that the environment describes. */
  async remove(id: string): Promise<boolean> {
    if (!this.#document.content.some((connection) => connection.id === id)) return false;
    await this.#document.change((all) => all.filter((connection) => connection.id !== id));
    return true;
  }
}
