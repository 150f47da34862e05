/** Stages that run now, by video, so that they can be stopped when their video goes. */
export class RunningStages {
  readonly #byVideo = new Map<string, Set<AbortController>>();

  /** Runs `work` with a signal that `stop` aborts. */
  async during<Result>(videoId: string, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const controller = new AbortController();
    const siblings = this.#byVideo.get(videoId) ?? new Set();
    this.#byVideo.set(videoId, siblings.add(controller));
    try {
      return await work(controller.signal);
    } finally {
      siblings.delete(controller);
      if (siblings.size === 0) this.#byVideo.delete(videoId);
    }
  }

  /** Stops everything that runs for a video. */
  stop(videoId: string): void {
    for (const controller of this.#byVideo.get(videoId) ?? []) controller.abort();
  }
}
