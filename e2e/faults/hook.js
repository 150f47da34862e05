// Loaded into the platform's process before the platform: counts what it changes on the disk and in the database. Right
// after a change that it was told, it ends the process, as a power cut would, or has that change report an error although
// it was made, as a connection does that breaks before its answer.
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread, Worker } from 'node:worker_threads';

let changes = 0;
/** Number of the change after which the process ends; none until it is told. */
let crashAfter = Number.POSITIVE_INFINITY;

/** Number of the change that reports an error. */
let failAt = Number.POSITIVE_INFINITY;

/**
 * @param {string} what
 * @param {string} code Of the error, should this change report one.
 */
function count(what, code) {
  changes += 1;
  if (changes === crashAfter) {
    fs.writeSync(2, `crash after change ${changes}: ${what}\n`);
    process.kill(process.pid, 'SIGKILL');
  }
  if (changes === failAt) {
    fs.writeSync(2, `crash after change ${changes}: ${what}\n`);
    throw Object.assign(new Error(`Injected error after: ${what}`), { code });
  }
}

/** Counts the calls of a function that succeed. */
function countCalls(target, name) {
  const original = target[name];
  target[name] = async (...args) => {
    const result = await original.apply(target, args);
    count(`${name} ${args[0]}`, 'EIO');
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
      count(`sync ${args[0]}`, 'EIO');
    };
    return handle;
  };
  // Streams of uploaded parts.
  const { write } = fs;
  fs.write = (...args) => {
    const done = args.pop();
    return write(...args, (error, ...results) => {
      try {
        if (!error) count('write', 'EIO');
      } catch (injected) {
        return done(injected);
      }
      done(error, ...results);
    });
  };
  syncBuiltinESMExports();

  countStatements();
}

/** Counts what the thread of the database reports as done: a change in it, or a commit. */
function countStatements() {
  const sent = new Map();
  const { postMessage, emit } = Worker.prototype;
  Worker.prototype.postMessage = function (call, ...rest) {
    if (call?.method === 'query' || call?.method === 'exec') sent.set(call.id, call);
    return postMessage.call(this, call, ...rest);
  };
  Worker.prototype.emit = function (event, message, ...rest) {
    const call = event === 'message' ? sent.get(message?.id) : undefined;
    if (!call) return emit.call(this, event, message, ...rest);
    sent.delete(message.id);
    try {
      const isChange =
        call.method === 'exec' ? /^\s*commit/i.test(call.statement) : (message.result?.affectedRows ?? 0) > 0;
      if (message.type === 'result' && isChange) count(call.statement.trim().slice(0, 80), '08006');
    } catch ({ message: text, code }) {
      return emit.call(this, event, { type: 'error', id: message.id, error: { message: text, code, cause: null } });
    }
    return emit.call(this, event, message, ...rest);
  };
}

if (isMainThread && process.argv[1]?.includes('platform')) {
  await install();
  process.on('message', (message) => {
    if (message.isReport) process.send?.({ changes });
    else {
      changes = 0;
      crashAfter = message.crashAfter ?? Number.POSITIVE_INFINITY;
      failAt = message.failAt ?? Number.POSITIVE_INFINITY;
      process.send?.({ isArmed: true });
    }
  });
}
