import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ModelProcess } from './model-process.ts';
import type { EmbedderChoice } from './protocol.ts';

let model: ModelProcess<EmbedderChoice>;
beforeEach(() => {
  model = new ModelProcess<EmbedderChoice>({ kind: 'local' });
});
afterEach(() => model.stop());

/** The processes that this one has started, as Linux lists them. */
const listChildren = async (): Promise<number[]> => {
  const text = await readFile(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8');
  const pids = text.split(' ').filter(Boolean).map(Number);
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return pids.filter((_, index) => commands[index]?.includes('inference/entry.ts'));
};

test.skipIf(process.platform !== 'linux')(
  'concurrent requests share a process; after a crash it is restarted and the request retried',
  async () => {
    const ask = (question: string) => model.request('findLabels', { question });
    expect(await Promise.all([ask('Where is the automobile?'), ask('any dogs'), ask('how many people')])).toEqual([
      ['car'],
      ['dog'],
      ['person'],
    ]);
    const [pid, ...more] = await listChildren();
    expect(more).toEqual([]);
    const asked = ask('a bicycle');
    process.kill(pid ?? 0, 'SIGKILL');
    expect(await asked).toEqual(['bicycle']);
    const again = await listChildren();
    expect(again).toHaveLength(1);
    expect(again).not.toContain(pid);
  },
  30_000,
);

test.skipIf(process.platform !== 'linux')(
  'a request that is given up is rejected at once, and its process ends where it works for nobody else',
  async () => {
    await model.request('findLabels', { question: 'a boat' });
    const [pid] = await listChildren();
    const controller = new AbortController();
    const asked = model.request('findLabels', { question: 'a horse' }, { signal: controller.signal });
    // By then the request has been sent.
    setImmediate(() => controller.abort(new Error('The stage was cancelled.')));
    await expect(asked).rejects.toThrow('The stage was cancelled.');
    await expect.poll(listChildren).not.toContain(pid);
    expect(await model.request('findLabels', { question: 'a horse' })).toEqual(['horse']);
  },
  30_000,
);
