import KDBush from 'kdbush';
import { indexPoints } from './point-index.ts';
import type { ScatterPoints } from './scatter-data.ts';

/** Below this many points an index is made faster than a worker starts: 2 ms. */
const MAX_POINTS_ON_MAIN_THREAD = 10_000;

/** Makes the index of the newest points: at once when they are few, beside the page when they are many. */
export class IndexBuilder {
  #worker: Worker | null = null;

  /** `onReady` is called once, before returning or later, unless other points come first. */
  build(points: ScatterPoints, onReady: (index: KDBush) => void): void {
    this.stop();
    if (points.x.length <= MAX_POINTS_ON_MAIN_THREAD) {
      onReady(indexPoints(points));
      return;
    }
    const worker = new Worker(new URL('./index-worker.ts', import.meta.url), { type: 'module' });
    this.#worker = worker;
    worker.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
      this.stop();
      onReady(KDBush.from(data));
    };
    worker.postMessage(points);
  }

  stop(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }
}
