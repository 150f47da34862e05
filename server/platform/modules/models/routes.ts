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

/** The models that the platform can use, and their downloads. Beside the API. */
export function modelRoutes(app: FastifyInstance, { db, models }: Platform): void {
  /** The names of models that an index is of. */
  const getUsed = async (): Promise<string[]> => {
    const [serving, next] = [await readServingName(db), await readNextIndex(db)];
    return next ? [serving, next.model] : [serving];
  };

  app.get('/local/models', async ({ owner }): Promise<ModelList> => {
    const isPrimary = await isPrimaryOwner(db, owner);
    const reason = isPrimary ? models.reason : "Only the studio's own key may change models.";
    return { models: await models.list(await getUsed()), can_change: reason === null, reason };
  });

  app.post('/local/models', async (request, reply) => {
    const { id, precision } = valid(downloadBodySchema, request.body);
    await requirePrimaryOwner(db, request.owner);
    await models.download(id, precision);
    return reply.code(202).send({ id });
  });

  app.delete('/local/models', async (request, reply) => {
    const { id } = valid(removeQuerySchema, request.query, 'query');
    await requirePrimaryOwner(db, request.owner);
    if (BUILT_IN.some((known) => known.id === id)) throw new HttpError(409, 'This model is built in.');
    if ((await getUsed()).some((name) => name.startsWith(`${id} `)))
      throw new HttpError(409, 'This model is in use. Switch to another one first.');
    await models.remove(id);
    return reply.code(204).send();
  });
}
