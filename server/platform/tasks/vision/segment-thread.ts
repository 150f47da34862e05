import { availableParallelism } from 'node:os';
import { startThread } from '../../start-thread.ts';
import type { ObservedSegment, Sample } from './analyze-segment.ts';
import type { Grid } from './motion.ts';
import type { Picture } from './picture.ts';

const ENTRY = { built: 'vision.js', source: 'tasks/vision/segment-entry.ts' };

export interface SegmentRequest {
  readonly samples: readonly Sample[];
  readonly background: Grid;
}

export interface AnalyzedSegment extends Omit<ObservedSegment, 'keySample'> {
  /** The sampled picture that shows the segment best. */
  readonly keyPicture: Picture;
}

export type SegmentAnswer = { readonly value: AnalyzedSegment } | { readonly error: string };

/** The vision models in a thread of their own. Answers come in the order of the requests. */
class SegmentThread {
  readonly #worker = startThread(ENTRY);
  readonly #pending: { resolve(segment: AnalyzedSegment): void; reject(error: Error): void }[] = [];
  /** Why nothing can be analyzed any more; null while it can. */
  #failure: Error | null = null;

  constructor() {
    this.#worker.on('message', (answer: SegmentAnswer) => {
      const pending = this.#pending.shift();
      if ('error' in answer) pending?.reject(new Error(answer.error));
      else pending?.resolve(answer.value);
    });
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', () => this.#fail(new Error('The thread of the vision models has ended.')));
  }

  /** Segments that wait for the models, or are with them. */
  get pending(): number {
    return this.#pending.length;
  }

  analyze(request: SegmentRequest): Promise<AnalyzedSegment> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#pending.push({ resolve, reject });
      this.#worker.postMessage(
        request,
        request.samples.map(({ picture }) => picture.data.buffer),
      );
    });
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#pending.splice(0)) reject(error);
  }
}

/** Loading the models takes as long as looking at some segments. */
const SEGMENTS_PER_THREAD = 6;
const MAX_THREADS = 3;
/** Segments of a thread that wait, or are with the models: each holds up to a dozen pictures. */
const MAX_PENDING = 2;

/** Threads with the vision models, which look at segments while the next ones are decoded: more of them for a longer video. */
export class SegmentThreads {
  // The first one loads its models while the first segment is decoded.
  readonly #threads: [SegmentThread, ...SegmentThread[]] = [new SegmentThread()];
  readonly #limit: number;
  readonly #inFlight = new Set<Promise<unknown>>();
  readonly #failures: unknown[] = [];

  constructor(segments: number) {
    const useful = Math.ceil(segments / SEGMENTS_PER_THREAD);
    this.#limit = Math.max(1, Math.min(useful, MAX_THREADS, availableParallelism()));
  }

  /** Resolves when there is room for another segment. Throws when one has failed: the others are of no use then. */
  async ready(): Promise<void> {
    while (this.#inFlight.size >= MAX_PENDING * this.#limit) await Promise.race(this.#inFlight);
    if (this.#failures.length > 0) throw this.#failures[0];
  }

  /** Analyzes one segment of at least one sample, whose pictures cannot be used any more: they move to a thread. */
  analyze(request: SegmentRequest): Promise<AnalyzedSegment> {
    const analysis = this.#getThread().analyze(request);
    const settled: Promise<unknown> = analysis
      .catch((error: unknown) => this.#failures.push(error))
      .then(() => this.#inFlight.delete(settled));
    this.#inFlight.add(settled);
    return analysis;
  }

  /** The one with the least to do; another one while all are busy and there may be more. */
  #getThread(): SegmentThread {
    const [first, ...others] = this.#threads;
    const idlest = others.reduce((best, thread) => (thread.pending < best.pending ? thread : best), first);
    if (idlest.pending === 0 || this.#threads.length >= this.#limit) return idlest;
    const another = new SegmentThread();
    this.#threads.push(another);
    return another;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.stop()));
  }
}
