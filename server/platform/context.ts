import type { Log } from '../logging.ts';
import type { Db } from './db/database.ts';
import type { VectorSearch } from './db/vector-index.ts';
import type { AnswerModel } from './modules/chat/language-model.ts';
import type { Models } from './modules/models/models.ts';
import type { ProjectionRuns } from './modules/projection/projection-runs.ts';
import type { ProjectionService } from './modules/projection/projection-service.ts';
import type { Embedders } from './modules/search-index/embedders.ts';
import type { SpeechRecognition } from './modules/transcripts/speech-recognition.ts';
import type { MultipartUploads } from './modules/uploads/multipart-uploads.ts';
import type { StorageQuota } from './modules/uploads/storage-quota.ts';
import type { ObjectStore } from './objects/object-store.ts';
import type { Scratch } from './objects/scratch.ts';
import type { UrlSigner } from './objects/signing.ts';

/** What the routes and the pipelines share: made once at start, handed to each. */
export interface Platform {
  readonly log: Log;
  readonly db: Db;
  /** For searches and maps. */
  readonly readDb: Db;
  readonly vectorSearch: VectorSearch;
  readonly store: ObjectStore;
  readonly scratch: Scratch;
  readonly signer: UrlSigner;
  readonly quota: StorageQuota;
  readonly uploads: MultipartUploads;
  readonly embedders: Embedders;
  readonly models: Models;
  readonly maps: ProjectionService;
  readonly speech: SpeechRecognition;
  readonly mapRuns: ProjectionRuns;
  /** Answers questions, when one is configured; otherwise answers are composed from what was seen. */
  readonly model: AnswerModel | null;
}
