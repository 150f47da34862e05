import { text } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { idSchema } from '#api/contracts/ids.ts';

import { BACKEND } from '#api/paths.ts';
import type { Platform } from '../../context.ts';
import { HttpError, valid } from '../../http/http-error.ts';
import { ownVideo } from '../../http/ownership.ts';
import { sendObject } from '../../http/send-object.ts';
import { getMediaType } from '../../objects/media-types.ts';
import { toObjectKey } from '../../objects/object-keys.ts';
import { ObjectNotFoundError, type ObjectStore } from '../../objects/object-store.ts';
import { getOutput } from '../pipelines/outputs.ts';
import { addSubtitles, getTrackAsWebVtt, getTrackPlaylist, TRACK_FILE } from '../transcripts/hls-subtitles.ts';

const CACHE_SECONDS = 3600;

/** Only names that the packager writes, with or without the package's key before them. */
const FILE =
  /^(?:(?<key>(?:hls|ladder)(?:-\d+)?)\/)?(?<file>(?:(?:\d+p|audio\d+|subtitles\d+)\/)?[a-z]+\d*\.(?<type>m3u8|mp4|m4s|vtt))$/;
const paramsSchema = z.object({ video_id: idSchema, '*': z.string().regex(FILE).or(z.string().regex(TRACK_FILE)) });
const NO_STREAM = 'This video has no HLS stream yet.';

/** A small object as text; null when there is none. */
async function readText(store: ObjectStore, key: string): Promise<string | null> {
  try {
    return await text((await store.get(key)).stream);
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return null;
    throw error;
  }
}

/**
 * HLS, behind the API key: manifests and segments alike. URLs in answers name the package, which never changes; without
 * its key, a URL means the one that is published now.
 */
export function hlsRoutes(app: FastifyInstance, { db, store }: Platform): void {
  app.get(`${BACKEND}/videos/hls/:video_id/*`, async (request, reply) => {
    const params = valid(paramsSchema, request.params, 'path');
    const video = await ownVideo(db, request.owner, params.video_id);
    const track = TRACK_FILE.exec(params['*'])?.groups;
    if (track) {
      const vtt = await getTrackAsWebVtt(db, params.video_id, track.track ?? '');
      if (vtt === null) throw new HttpError(404, 'There is nothing at this address.');
      const isPlaylist = track.file === 'index.m3u8';
      return reply
        .header('cache-control', 'private, no-cache')
        .type(getMediaType(track.file ?? ''))
        .send(isPlaylist ? getTrackPlaylist(video.metadata?.duration ?? 0) : vtt);
    }
    const named = FILE.exec(params['*'])?.groups;
    const key = named?.key ?? (await getOutput(db, params.video_id, 'hls'))?.hls;
    if (!named?.file || key === undefined) throw new HttpError(404, NO_STREAM);
    // Tracks come and go in the multivariant playlist alone.
    const isFixed = named.key !== undefined && named.file !== 'master.m3u8';
    reply.header('cache-control', isFixed ? `private, max-age=${CACHE_SECONDS}, immutable` : 'private, no-cache');
    const object = toObjectKey(params.video_id, `${key}/${named.file}`);
    if (named.file === 'master.m3u8') {
      const playlist = await readText(store, object);
      if (playlist === null) throw new HttpError(404, NO_STREAM);
      return reply.type(getMediaType(named.file)).send(await addSubtitles(db, params.video_id, playlist));
    }
    // Manifests name what they refer to relative to themselves, so they always come from here.
    return sendObject(store, request, reply, { key: object, mayRedirect: named.type !== 'm3u8' });
  });
}
