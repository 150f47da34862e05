import type { Page } from '@playwright/test';

interface Measured {
  /** Milliseconds that the longest task of the main thread took; 0 when none took 50 or more. */
  readonly longestTask: number;
  /** All of 50 ms or more. */
  readonly tasks: readonly number[];
}

/** Notes what holds frames up: tasks of the main thread that take 50 ms or more (the Long Tasks API's own limit). */
export class FrameMeter {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async start(): Promise<void> {
    await this.#page.evaluate(() => {
      const tasks: number[] = [];
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) tasks.push(Math.round(duration));
      });
      observer.observe({ type: 'longtask' });
      Object.assign(window, { longTasks: tasks });
    });
  }

  async stop(): Promise<Measured> {
    const tasks = await this.#page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
    return { longestTask: Math.max(0, ...tasks), tasks };
  }
}
