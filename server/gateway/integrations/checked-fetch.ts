import { isIP } from 'node:net';
import { Agent, fetch as undiciFetch } from 'undici';
import { type HostPolicy, toPlainHost } from './host-policy.ts';

/**
 * A `fetch` that connects only to addresses that `hosts` allows. The addresses that are checked are those that are connected
 * to: a name that was looked up for a check, and again for the connection, could have another address the second time.
 * `close` ends its connections, also those in use.
 */
export function createCheckedFetch(hosts: HostPolicy): { fetch: typeof fetch; close(): Promise<void> } {
  const dispatcher = new Agent({ connect: { lookup: hosts.lookup } });
  const checkedFetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const { hostname } = new URL(request.url);
    // No socket looks up what is an address already.
    if (isIP(toPlainHost(hostname)) !== 0) await hosts.resolve(hostname);
    // Node's own `fetch` is of another version of undici, which may not take this one's agents nor give it its requests.
    const response = await undiciFetch(request.url, {
      method: request.method,
      headers: [...request.headers],
      body: request.body && (await request.arrayBuffer()),
      redirect: request.redirect,
      signal: request.signal,
      dispatcher,
    });
    return response as unknown as Response;
  };
  return { fetch: checkedFetch, close: () => dispatcher.destroy() };
}
