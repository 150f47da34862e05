import { createHash } from 'node:crypto';
import { access, constants, mkdir, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Where the program that uses a folder listens: one name a folder, however long its path is. */
function socketOf(folder: string): string {
  const name = `mikshi-platform-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : path.join(tmpdir(), `${name}.sock`);
}

const answers = (socket: string) =>
  new Promise<boolean>((resolve) => {
    const client = connect(socket);
    client.once('connect', () => {
      client.destroy();
      resolve(true);
    });
    client.once('error', () => resolve(false));
  });

/**
 * Makes the folder and holds it for this process: two platforms over one database would ruin it. The hold is a listening
 * socket, so it ends with the process however that ends. Throws an `Error` whose message is a sentence.
 */
export async function holdDataDir(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Error(`DATA_DIR: ${folder} is not a folder that can be written to.`, { cause });
  }
  const socket = socketOf(folder);
  if (await answers(socket)) {
    throw new Error(`Another Mikshi Studio is using ${folder}. Stop it, or set DATA_DIR to another folder.`);
  }
  // What a killed process left behind.
  await rm(socket, { force: true });
  await new Promise<void>((resolve, reject) => {
    const server = createServer((client) => client.destroy());
    server.once('error', reject);
    server.listen(socket, resolve);
    server.unref();
  });
}
