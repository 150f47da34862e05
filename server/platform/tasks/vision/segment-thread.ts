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

/**
 * The vision models in a thread of their own: the next segment is decoded while they look at one. Answers come in the order of
 * the requests.
 */
export class SegmentThread {
  readonly #worker = startThread(ENTRY);
  readonly #pending: { resolve(segment: AnalyzedSegment): void; reject(error: Error): void }[] = [];

  constructor() {
    this.#worker.on('message', (answer: SegmentAnswer) => {
      const pending = this.#pending.shift();
      if ('error' in answer) pending?.reject(new Error(answer.error));
      else pending?.resolve(answer.value);
    });
    this.#worker.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', () => this.#fail(new Error('The thread of the vision models has ended.')));
  }

  /** Analyzes one segment of at least one sample, whose pictures cannot be used any more: they move to the thread. */
  analyze(request: SegmentRequest): Promise<AnalyzedSegment> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ resolve, reject });
      this.#worker.postMessage(
        request,
        request.samples.map(({ picture }) => picture.data.buffer),
      );
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    for (const { reject } of this.#pending.splice(0)) reject(error);
  }
}
