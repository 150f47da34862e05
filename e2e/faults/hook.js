// Loaded into the platform's process before the platform: counts what it changes on the disk and in the database, and
// ends the process, as a power cut would, right after a change that it was told.
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

let changes = 0;
/** Number of the change after which the process ends; none until it is told. */
let crashAfter = Number.POSITIVE_INFINITY;

/** @param {string} what */
function count(what) {
  changes += 1;
  if (changes < crashAfter) return;
  fs.writeSync(2, `crash after change ${changes}: ${what}\n`);
  process.kill(process.pid, 'SIGKILL');
}

/** Counts the calls of a function that succeed. */
function countCalls(target, name) {
  const original = target[name];
  target[name] = async (...args) => {
    const result = await original.apply(target, args);
    count(`${name} ${args[0]}`);
    return result;
  };
}

async function install() {
  for (const name of ['rename', 'rm', 'rmdir', 'mkdir', 'writeFile', 'utimes']) countCalls(promises, name);
  const { open } = promises;
  promises.open = async (...args) => {
    const handle = await open(...args);
    const sync = handle.sync.bind(handle);
    handle.sync = async () => {
      await sync();
      count(`sync ${args[0]}`);
    };
    return handle;
  };
  // Streams of uploaded parts.
  const { write } = fs;
  fs.write = (...args) => {
    const done = args.pop();
    return write(...args, (error, ...results) => {
      if (!error) count('write');
      done(error, ...results);
    });
  };
  syncBuiltinESMExports();

  const { PGlite } = await import('@electric-sql/pglite');
  const { query, exec } = PGlite.prototype;
  PGlite.prototype.query = async function (statement, ...rest) {
    const result = await query.call(this, statement, ...rest);
    if ((result.affectedRows ?? 0) > 0) count(statement.trim().slice(0, 80));
    return result;
  };
  PGlite.prototype.exec = async function (statement, ...rest) {
    const results = await exec.call(this, statement, ...rest);
    if (/^\s*commit/i.test(statement)) count('commit');
    return results;
  };
}

if (process.argv[1]?.includes('platform')) {
  await install();
  process.on('message', (message) => {
    if (message.isReport) process.send?.({ changes });
    else {
      changes = 0;
      crashAfter = message.crashAfter ?? Number.POSITIVE_INFINITY;
      process.send?.({ isArmed: true });
    }
  });
}
