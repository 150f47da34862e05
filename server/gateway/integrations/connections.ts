import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { type ConnectionInput, connectionInputSchema } from '../../../src/api/contracts/integrations.ts';
import { PrivateFile } from '../private-file.ts';
import { readEnvironmentConnections, type StoredConnection, storedConnection } from './stored-connection.ts';

const fileSchema = z.array(z.object({ ...connectionInputSchema.shape, id: z.string() }));

/** The connections to vector databases: those of the environment, and those that people made. */
export class Connections {
  readonly #fixed: readonly StoredConnection[];
  readonly #file: PrivateFile<StoredConnection[]>;

  private constructor(fixed: readonly StoredConnection[], file: PrivateFile<StoredConnection[]>) {
    this.#fixed = fixed;
    this.#file = file;
  }

  static async open(folder: string, environment: NodeJS.ProcessEnv): Promise<Connections> {
    const file = await PrivateFile.open<StoredConnection[]>(path.join(folder, 'connections.json'), fileSchema, []);
    return new Connections(readEnvironmentConnections(environment), file);
  }

  get all(): readonly StoredConnection[] {
    return [...this.#fixed, ...this.#file.content];
  }

  find(id: string): StoredConnection | undefined {
    return this.all.find((connection) => connection.id === id);
  }

  async add(typed: ConnectionInput): Promise<StoredConnection> {
    const connection = storedConnection(randomUUID(), typed);
    await this.#file.change((all) => [...all, connection]);
    return connection;
  }

  /** Null for one that is not there, or that the environment describes. */
  async replace(id: string, typed: ConnectionInput): Promise<StoredConnection | null> {
    const before = this.#file.content.find((connection) => connection.id === id);
    if (!before) return null;
    const after = storedConnection(id, typed, { before });
    await this.#file.change((all) => all.map((connection) => (connection.id === id ? after : connection)));
    return after;
  }

  /** False for one that is not there, or that the environment describes. */
  async remove(id: string): Promise<boolean> {
    if (!this.#file.content.some((connection) => connection.id === id)) return false;
    await this.#file.change((all) => all.filter((connection) => connection.id !== id));
    return true;
  }
}
