import type { Page } from '@playwright/test';

/**
 * Notes from now on what holds frames up: tasks of the page's main thread that take 50 ms or more (the Long Tasks API's own
 * limit). Resolves to a function that gives their lengths in milliseconds.
 */
export async function noteLongTasks(page: Page): Promise<() => Promise<number[]>> {
  const tasks = await page.evaluateHandle(() => {
    const lengths: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) lengths.push(Math.round(duration));
    });
    observer.observe({ type: 'longtask' });
    return lengths;
  });
  return () => tasks.jsonValue();
}
