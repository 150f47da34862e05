import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** How a hub misbehaves, until it is told otherwise. */
export interface Faults {
  /** Answers everything with this status. */
  status: number | null;
  /** Ends the connection after so many bytes of each answer with weights. */
  breakAfter: number | null;
  /** Changes a byte of the weights. */
  isCorrupt: boolean;
}

export interface StandInHub {
  /** What `MODEL_HUB_URL` takes. */
  readonly url: string;
  readonly faults: Faults;
  /** The ranges that were asked for. */
  readonly ranges: readonly string[];
  close(): void;
}

const TREE = /^\/api\/models\/(.+)\/tree\/main\?recursive=true$/;
const FILE = /^\/([^/]+\/[^/]+)\/resolve\/main\/(.+)$/;

async function listTree(folder: string) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(
    files.map(async (file) => {
      const content = await readFile(file);
      const git = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
      const lfs = { oid: createHash('sha256').update(content).digest('hex'), size: content.length };
      const base = { type: 'file', path: path.relative(folder, file), size: content.length, oid: git };
      return file.endsWith('.onnx') ? { ...base, lfs } : base;
    }),
  );
}

function sendFile(
  response: ServerResponse,
  content: Buffer,
  range: string | undefined,
  breakAfter: number | null,
): void {
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  const rest = content.subarray(from);
  response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length });
  if (breakAfter === null || rest.length <= breakAfter) response.end(rest);
  else response.write(rest.subarray(0, breakAfter), () => response.destroy());
}

/** A server with the addresses of the model hub, for models in folders by their ids. */
export async function standInHub(models: Readonly<Record<string, string>>): Promise<StandInHub> {
  const faults: Faults = { status: null, breakAfter: null, isCorrupt: false };
  const ranges: string[] = [];
  const server = createServer(async ({ url = '', headers }, response) => {
    if (faults.status !== null) return response.writeHead(faults.status).end();
    const listed = models[TREE.exec(url)?.[1] ?? ''];
    if (listed)
      return response.setHeader('content-type', 'application/json').end(JSON.stringify(await listTree(listed)));
    const [, id = '', file = ''] = FILE.exec(url) ?? [];
    const folder = models[id];
    if (!folder) return response.writeHead(404).end();
    if (headers.range) ranges.push(headers.range);
    const content = await readFile(path.join(folder, file));
    const isWeights = file.endsWith('.onnx');
    if (isWeights && faults.isCorrupt) content[0] = (content[0] ?? 0) ^ 0xff;
    sendFile(response, content, headers.range, isWeights ? faults.breakAfter : null);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    ranges,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
