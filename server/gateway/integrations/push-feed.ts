import { EventEmitter } from 'node:events';
import type { PushProgress } from '../../../src/api/contracts/integrations.ts';

/** Between two events of one push. */
const MIN_INTERVAL_MS = 250;

/** Tells listeners how pushes go: a few times a second each at most, the last state always. */
export class PushFeed {
  readonly #changes = new EventEmitter().setMaxListeners(0);
  readonly #told = new Map<string, string>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #pushes: ReadonlyMap<string, PushProgress> = new Map();

  /** Calls `listener` with each push that changes, until the returned function is called. */
  onChange(listener: (push: PushProgress) => void): () => void {
    this.#changes.on('change', listener);
    return () => this.#changes.off('change', listener);
  }

  /** `pushes`: all, as they are now. */
  update(pushes: readonly PushProgress[]): void {
    this.#pushes = new Map(pushes.map((push) => [push.id, push]));
    for (const id of this.#told.keys()) if (!this.#pushes.has(id)) this.#told.delete(id);
    for (const id of this.#pushes.keys()) if (!this.#timers.has(id)) this.#tell(id);
  }

  #tell(id: string): void {
    const push = this.#pushes.get(id);
    const text = JSON.stringify(push);
    if (!push || this.#told.get(id) === text) return;
    this.#told.set(id, text);
    const timer = setTimeout(() => {
      this.#timers.delete(id);
      this.#tell(id);
    }, MIN_INTERVAL_MS);
    this.#timers.set(id, timer.unref());
    this.#changes.emit('change', push);
  }
}
