import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import type { Platform } from '../../context.ts';
import { HttpError } from '../../http/http-error.ts';
import { SAMPLES } from '../../tasks/media/sample-catalog.ts';
import { sampleFile } from './sample-files.ts';

/** Clips for a studio that has no footage yet. They are only handed out: whoever wants one uploads it like any other. */
export function sampleRoutes(app: FastifyInstance, { layout }: Platform): void {
  app.get('/local/samples', async () => SAMPLES.map(({ name, title }) => ({ name, title })));

  app.get<{ Params: { name: string } }>('/local/samples/:name', async (request, reply) => {
    const sample = SAMPLES.find(({ name }) => name === request.params.name);
    if (!sample) throw new HttpError(404, 'There is no such sample clip.');
    const file = await sampleFile(layout.samples, sample);
    const { size } = await stat(file);
    return reply.type('video/mp4').header('content-length', size).send(createReadStream(file));
  });
}
