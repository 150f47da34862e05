import { config } from 'zod/mini';

/** Safari before 17.4 and Firefox before 124 cannot combine abort signals. */
AbortSignal.any ??= (signals) => {
  const combined = new AbortController();
  for (const signal of signals) {
    const abort = () => combined.abort(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  }
  return combined.signal;
};

// The page's security policy forbids eval, which zod would otherwise try for speed. Must run before any schema parses.
config({ jitless: true });
