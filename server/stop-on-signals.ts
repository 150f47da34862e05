/**
 * Calls `stop` at the first signal to end, and not again: a terminal and the program that started this one may both send
 * theirs. A `stop` that rejects is an unhandled rejection.
 */
export function stopOnSignals(stop: () => Promise<void>): void {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      void stop();
    });
  }
}
