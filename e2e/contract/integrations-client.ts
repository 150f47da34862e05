import { expect } from 'vitest';
import { type Connection, type Push, pushProgressSchema } from '../../src/api/contracts/integrations.ts';

/** Asks a studio's gateway for vector databases, as a program would. */
export function integrationsClient(studioUrl: () => string) {
  async function call<Answer>(path: string, method = 'GET', body?: unknown): Promise<{ status: number; body: Answer }> {
    const response = await fetch(`${studioUrl()}/studio/integrations${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : null };
  }

  async function connect(place: Record<string, unknown>): Promise<Connection> {
    const { status, body } = await call<Connection>('/connections', 'POST', place);
    expect(status, JSON.stringify(body)).toBe(201);
    return body;
  }

  async function getPush(id: string): Promise<Push> {
    const { body } = await call<{ pushes: Push[] }>('/');
    const push = body.pushes.find((one) => one.id === id);
    if (!push) throw new Error('The push is not there.');
    return push;
  }

  /** The push once it has ended, as the stream of events says. */
  async function ended(id: string): Promise<Push> {
    const stop = new AbortController();
    const { body } = await fetch(`${studioUrl()}/studio/integrations/events`, { signal: stop.signal });
    if (!body) throw new Error('No events.');
    let text = '';
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events.filter((one) => one.startsWith('data: '))) {
        const push = pushProgressSchema.parse(JSON.parse(event.slice(6)));
        expect(event).not.toContain('_ids');
        if (push.id === id && push.status !== 'running') {
          stop.abort();
          return getPush(id);
        }
      }
    }
    throw new Error('The events have ended.');
  }

  return { call, connect, ended, getPush };
}
