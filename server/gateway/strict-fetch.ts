import { AsyncLocalStorage } from 'node:async_hooks';

const scopedFetch = new AsyncLocalStorage<typeof fetch>();

/**
 * Makes every `fetch` of this process refuse redirects: its requests carry keys, which are for the address they were
 * given for. The clients of the vector databases use the global one, which is also why `withFetch` can replace it for them.
 */
export function restrictFetch(): void {
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => (scopedFetch.getStore() ?? fetch)(input, { ...init, redirect: 'error' });
}

/** Does `work` with another `fetch` as the global one, after `restrictFetch`. */
export const withFetch = <Result>(scoped: typeof fetch, work: () => Promise<Result>): Promise<Result> =>
  scopedFetch.run(scoped, work);
