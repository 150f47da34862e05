/**
 * Makes every `fetch` of this process refuse redirects: its requests carry keys, which are for the address they were
 * given for. The clients of the vector databases use the global one.
 */
export function refuseRedirects(): void {
  const { fetch } = globalThis;
  globalThis.fetch = (input, init) => fetch(input, { ...init, redirect: 'error' });
}
