import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ModelList } from '#api/contracts/models.ts';
import type { Platform } from '../../context.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { isPrimaryOwner, requirePrimaryOwner } from '../../owners.ts';
import { readServingName } from '../search-index/embedders.ts';
import { readNextIndex } from '../search-index/next-index.ts';
import { BUILT_IN, isModelId } from './catalog.ts';

const idSchema = z.string().refine(isModelId, 'name a model as on the hub: owner/name');
const downloadBodySchema = z.object({ id: idSchema, precision: z.enum(['q8', 'fp16', 'fp32']).default('q8') });
const removeQuerySchema = z.object({ id: idSchema });
const speechBodySchema = z.object({ model: z.string().min(1).max(300).nullable() });

/** The models that the platform can use, and their downloads. Beside the API. */
export function modelRoutes(app: FastifyInstance, { db, models, speech }: Platform): void {
  /** The names of models that an index is of, or that recognize speech. */
  const getUsed = async (): Promise<string[]> => {
    const names = [await readServingName(db), (await readNextIndex(db))?.model, await speech.getModelName()];
    return names.filter((name) => typeof name === 'string');
  };

  app.get('/local/models', async ({ owner }): Promise<ModelList> => {
    const isPrimary = await isPrimaryOwner(db, owner);
    const reason = isPrimary ? models.reason : "Only the studio's own key may change models.";
    return {
      models: await models.list(await getUsed()),
      can_change: reason === null,
      reason,
      speech: { can_change: isPrimary, has_service: speech.hasService },
    };
  });

  app.post('/local/models', async (request, reply) => {
    const { id, precision } = valid(downloadBodySchema, request.body);
    await requirePrimaryOwner(db, request.owner);
    await models.download(id, precision);
    return reply.code(202).send({ id });
  });

  // Every process recognizes speech with it from its next video on.
  app.put('/local/models/speech', async (request, reply) => {
    const { model } = valid(speechBodySchema, request.body);
    await requirePrimaryOwner(db, request.owner);
    await speech.choose(model);
    return reply.code(204).send();
  });

  app.delete('/local/models', async (request, reply) => {
    const { id } = valid(removeQuerySchema, request.query, 'query');
    await requirePrimaryOwner(db, request.owner);
    if (BUILT_IN.some((known) => known.id === id)) throw new HttpError(409, 'This model is built in.');
    if ((await getUsed()).some((name) => name.startsWith(`${id} `)))
      throw new HttpError(409, 'This model is in use. Switch to another one, or stop using it, first.');
    await models.remove(id);
    return reply.code(204).send();
  });
}
