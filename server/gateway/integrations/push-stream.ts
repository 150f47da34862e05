import type { ServerResponse } from 'node:http';
import type { PushProgress } from '../../../src/api/contracts/integrations.ts';

const KEEP_ALIVE_MS = 15_000;
/** A client that leaves more than this unread is cut off. The browser connects again, and gets the present state. */
const MAX_UNREAD_BYTES = 1024 * 1024;

interface PushSource {
  readonly progress: readonly PushProgress[];
  onChange(listener: (push: PushProgress) => void): () => void;
}

/**
 * Sends each push, and each change of one, as a server-sent event for as long as the browser listens.
 *
 * @param onSignOut calls its argument when the session of the browser ends, until the function that it returns is called.
 */
export function streamPushes(
  raw: ServerResponse,
  pushes: PushSource,
  onSignOut: (end: () => void) => () => void,
): void {
  // No 'close' would come any more.
  if (raw.destroyed) return;
  const write = (text: string) => {
    raw.write(text);
    if (raw.writableLength > MAX_UNREAD_BYTES) raw.destroy();
  };
  const send = (push: PushProgress) => write(`data: ${JSON.stringify(push)}\n\n`);
  const unsubscribe = pushes.onChange(send);
  const keepAlive = setInterval(() => write(': keep-alive\n\n'), KEEP_ALIVE_MS);
  const unwatch = onSignOut(() => {
    stop();
    // What a stalled client has not read would keep the connection open.
    if (raw.writableLength > 0) raw.destroy();
    else raw.end();
  });
  function stop() {
    unsubscribe();
    unwatch();
    clearInterval(keepAlive);
  }
  raw.on('close', stop).on('error', stop);
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  // The browser is to know that it is connected, although there may be nothing to tell yet.
  raw.flushHeaders();
  // What changed before this connection was made is seen, too.
  for (const push of pushes.progress) send(push);
}
