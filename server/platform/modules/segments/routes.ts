import type { FastifyInstance } from 'fastify';
import { videoIdSchema } from '#api/contracts/requests.ts';
import type { Segments } from '#api/contracts/segments.ts';
import type { Platform } from '../../context.ts';
import { valid } from '../../http/http-error.ts';
import { ownVideo } from '../../http/ownership.ts';
import { UrlBuilder } from '../../http/url-builder.ts';
import { getColor } from '../projection/colors.ts';
import { getSpokenAndWritten } from '../transcripts/text-tracks.ts';
import { groupByRange, toAnswerTimes } from './segment-times.ts';

/** Segments with what analyse saw in each; free, and there from the first segment on. */
export function segmentRoutes(app: FastifyInstance, platform: Platform): void {
  const { db } = platform;

  app.get('/local/videos/:video_id/segments', async (request): Promise<Segments> => {
    const { video_id } = valid(videoIdSchema, request.params, 'path');
    const video = await ownVideo(db, request.owner, video_id);
    const rows = await db
      .selectFrom('segments')
      .select(['segment_id', 'start_s', 'end_s', 'thumbnail', 'caption', 'observation'])
      .where('video_id', '=', video_id)
      .orderBy('position')
      .execute();
    const cues = await getSpokenAndWritten(db, video_id);
    const links = new UrlBuilder(platform, request);
    const bySegment = groupByRange(rows, cues);
    const segments = rows.map(({ segment_id, thumbnail, caption, observation, ...times }, index) => {
      const meanwhile = bySegment[index] ?? [];
      const said = meanwhile.filter(({ kind }) => kind === 'said').map((cue) => cue.text);
      const written = meanwhile.filter(({ kind }) => kind === 'written').map((cue) => cue.text);
      return {
        segment_id,
        ...toAnswerTimes(times),
        text: caption,
        thumbnail_url: links.file(video_id, thumbnail),
        objects: observation.objects.map(({ label, count, color, moving }) => ({ label, count, color, moving })),
        colors: [...observation.colors],
        motion: observation.motion,
        camera_moves: observation.cameraMoves,
        faces: observation.faces ?? 0,
        smiles: observation.smiles ?? null,
        time_of_day: observation.timeOfDay ?? null,
        postures: observation.postures?.map(({ posture, count }) => ({ posture, count })) ?? null,
        shot: observation.shot ?? null,
        occupancy: observation.occupancy ?? null,
        interaction: observation.interaction ?? null,
        said: said.length > 0 ? said.join('\n') : null,
        written: [...new Set(written)],
      };
    });
    return { video_id, color: getColor(video.position), segments };
  });
}
