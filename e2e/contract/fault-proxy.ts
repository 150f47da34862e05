import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the proxy does to the next request instead of passing it on (or while passing it on). */
export type Fault =
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  | { kind: 'delay'; ms: number }
  | { kind: 'reset' }
  | { kind: 'truncate'; bytes: number };

/** A proxy between client and platform that breaks on demand: each planned fault hits one request. */
export class FaultProxy {
  readonly #server: Server;
  readonly #upstream: URL;
  readonly #faults: Fault[] = [];
  /** Requests that came, faults included. */
  count = 0;

  private constructor(upstream: string) {
    this.#upstream = new URL(upstream);
    this.#server = createServer((incoming, outgoing) => this.#handle(incoming, outgoing));
  }

  static async start(upstream: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(upstream);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  plan(...faults: Fault[]): void {
    this.#faults.splice(0, this.#faults.length, ...faults);
    this.count = 0;
  }

  #handle(incoming: IncomingMessage, outgoing: ServerResponse): void {
    this.count += 1;
    const fault = this.#faults.shift();
    if (fault?.kind === 'status') {
      incoming.resume();
      outgoing.writeHead(fault.status, fault.headers).end(fault.body ?? '');
    } else if (fault?.kind === 'reset') incoming.socket.destroy();
    else if (fault?.kind === 'delay')
      setTimeout(() => this.#pass(incoming, outgoing, Number.POSITIVE_INFINITY), fault.ms);
    else this.#pass(incoming, outgoing, fault?.bytes ?? Number.POSITIVE_INFINITY);
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse, most: number): void {
    const { hostname, port } = this.#upstream;
    const { method, url: path, headers } = incoming;
    const upstream = request({ hostname, port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      let passed = 0;
      answer.on('data', (chunk: Buffer) => {
        passed += chunk.length;
        if (passed <= most) outgoing.write(chunk);
        else {
          // What was let through must have left before the line is cut.
          const rest = chunk.subarray(0, Math.max(0, most - (passed - chunk.length)));
          outgoing.write(rest, () => outgoing.socket?.destroy());
          answer.destroy();
        }
      });
      answer.on('end', () => outgoing.end());
    });
    upstream.on('error', () => outgoing.destroy());
    incoming.pipe(upstream);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
