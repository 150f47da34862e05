import type { LanguageModel } from 'ai';
import type { Kysely } from 'kysely';
import type { Tables } from './db/tables.ts';
import type { Embedder } from './embed/embedder.ts';
import type { WordNet } from './embed/wordnet.ts';
import type { JobQueue } from './jobs/queue.ts';
import type { MapMaker } from './map/map-maker.ts';
import type { Layout } from './objects/layout.ts';
import type { UrlSigner } from './objects/signing.ts';
import type { RunningStages } from './pipelines/running.ts';

/** What the routes and the pipelines share: made once at start, handed to each. */
export interface Platform {
  readonly db: Kysely<Tables>;
  readonly layout: Layout;
  readonly signer: UrlSigner;
  readonly queue: JobQueue;
  readonly running: RunningStages;
  readonly embedder: Embedder;
  readonly words: WordNet;
  readonly maps: MapMaker;
  /** Answers questions, when one is configured; otherwise answers are composed from what was seen. */
  readonly model: LanguageModel | null;
}
