import type { FastifyInstance } from 'fastify';
import type { Platform } from '../../context.ts';
import { HttpError } from '../../http/http-error.ts';
import { SAMPLES } from '../../tasks/media/sample-catalog.ts';
import { SampleFiles } from './sample-files.ts';

/** Clips for a studio that has no videos yet. They are only handed out: whoever wants one uploads it like any other. */
export function sampleRoutes(app: FastifyInstance, { store, scratch }: Platform): void {
  const files = new SampleFiles(store, scratch);
  app.get('/local/samples', async () => SAMPLES.map(({ name, title }) => ({ name, title })));

  app.get<{ Params: { name: string } }>('/local/samples/:name', async (request, reply) => {
    const sample = SAMPLES.find(({ name }) => name === request.params.name);
    if (!sample) throw new HttpError(404, 'There is no such sample clip.');
    const { stream, totalBytes } = await files.get(sample);
    return reply.type('video/mp4').header('content-length', totalBytes).send(stream);
  });
}
