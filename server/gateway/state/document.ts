import type { z } from 'zod';
import type { GatewayConfig } from '../config.ts';
import { PrivateFile } from './private-file.ts';

/** A JSON document that the gateway keeps: sessions, connections, pushes. Small, read often, changed rarely. */
export interface Document<Content> {
  /** What this process knows. In a database, another gateway may have changed it some milliseconds ago. */
  readonly content: Content;
  /** Reads what other gateways have changed. */
  refresh(): Promise<void>;
  /** Resolves when the new content is durable; when it cannot be written, the old one stands. */
  change(change: (content: Content) => Content): Promise<void>;
  /** Calls `listener` when the content has changed, here or in another gateway. */
  onChange(listener: () => void): void;
}

/** Opens the gateway's documents: as private files, or in the database that several gateways share. */
export interface State {
  /** Whether other gateways may change the documents. */
  readonly isShared: boolean;
  /** `empty` is the content of one that does not exist yet. Throws an `Error` with a sentence when it holds something else. */
  open<Content>(name: string, schema: z.ZodType<Content>, empty: Content): Promise<Document<Content>>;
  close(): Promise<void>;
}

export async function openState({ databaseUrl, stateDir }: GatewayConfig): Promise<State> {
  if (databaseUrl === undefined) {
    return {
      isShared: false,
      open: (name, schema, empty) => PrivateFile.open(stateDir, name, schema, empty),
      close: async () => undefined,
    };
  }
  const { PostgresState } = await import('./postgres-state.ts');
  return PostgresState.connect(databaseUrl, stateDir);
}
