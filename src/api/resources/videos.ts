import type { CallOptions, Http } from '../http.ts';
import { skipsOf } from '../paging.ts';
import { BACKEND } from '../paths.ts';
import {
  pipelineEnqueuedSchema,
  pipelineStatusSchema,
  type VideoStatusFilter,
  videoDetailsSchema,
  videoListSchema,
} from '../schemas/videos.ts';

const VIDEOS = `${BACKEND}/videos`;

/** The two processing pipelines, by their place in the URL. */
export type Pipeline = 'analyse' | 'search-process';

export interface VideoListParams {
  readonly status?: VideoStatusFilter;
  readonly startTime?: Date;
  readonly endTime?: Date;
  readonly notInCollection?: string;
  readonly skip?: number;
  readonly limit?: number;
  readonly sortBy?: 'created_at' | 'name';
  readonly sortOrder?: 'asc' | 'desc';
}

/** `client.videos`: list, details, delete, and the two pipelines. */
export function videosResource(http: Http) {
  const initiate = (pipeline: Pipeline, videoId: string, call?: CallOptions) =>
    http.json(
      pipelineEnqueuedSchema,
      { method: 'POST', path: `${VIDEOS}/${pipeline}/initiate`, json: { video_id: videoId } },
      call,
    );
  const status = (pipeline: Pipeline, videoId: string, call?: CallOptions) =>
    http.json(
      pipelineStatusSchema,
      { method: 'GET', path: `${VIDEOS}/${pipeline}/status/${encodeURIComponent(videoId)}` },
      call,
    );

  /** Pages by `skip`/`limit`; a short page is the last. Only what is set is sent. */
  const list = (params: VideoListParams = {}, call?: CallOptions) => {
    const query = {
      status: params.status,
      start_time: params.startTime,
      end_time: params.endTime,
      not_in_collection: params.notInCollection,
      skip: params.skip,
      limit: params.limit,
      sort_by: params.sortBy,
      sort_order: params.sortOrder,
    };
    return http.json(videoListSchema, { method: 'GET', path: `${VIDEOS}/list`, query }, call);
  };

  return {
    list,

    /** Every video that fits, page after page. */
    iterate: ({ limit = 100, skip: from = 0, ...params }: VideoListParams = {}, call?: CallOptions) =>
      skipsOf(limit, (skip) => list({ ...params, limit, skip: from + skip }, call)),

    get(videoId: string, call?: CallOptions) {
      const query = { video_id: videoId };
      return http.json(videoDetailsSchema, { method: 'GET', path: `${VIDEOS}/get-video-details`, query }, call);
    },

    /** Permanent, with every derived asset. */
    delete(videoId: string, call?: CallOptions): Promise<void> {
      return http.empty({ method: 'DELETE', path: `${VIDEOS}/delete`, query: { video_id: videoId } }, call);
    },

    /** 409 until transcoding has completed. */
    initiateAnalyse: (videoId: string, call?: CallOptions) => initiate('analyse', videoId, call),
    /** 409 until transcoding has completed. */
    initiateSearchProcess: (videoId: string, call?: CallOptions) => initiate('search-process', videoId, call),
    /** Ends in `done`; use `isDone`. */
    getAnalyseStatus: (videoId: string, call?: CallOptions) => status('analyse', videoId, call),
    /** Ends in `success`; use `isDone`. */
    getSearchProcessStatus: (videoId: string, call?: CallOptions) => status('search-process', videoId, call),
  };
}
