import {
  type PipelineEnqueued,
  type PipelineStatus,
  pipelineEnqueuedSchema,
  pipelineStatusSchema,
  type VideoDetails,
  type VideoListItem,
  type VideoStatusFilter,
  videoDetailsSchema,
  videoListSchema,
} from '../contracts/videos.ts';
import type { CallOptions, Http } from '../http.ts';
import { paginateByOffset } from '../paging.ts';
import { BACKEND } from '../paths.ts';

const VIDEOS = `${BACKEND}/videos`;

/** The two processing pipelines, by their place in the URL. */
export type Pipeline = 'analyse' | 'search-process';

export interface VideoListParams {
  /** `processed` are videos whose two pipelines are both done; `analysed` and `search_processed` those with one of them. */
  readonly status?: VideoStatusFilter;
  /** Created at this time or later. */
  readonly startTime?: Date;
  /** Created at this time or earlier. */
  readonly endTime?: Date;
  /** Only videos that are not in the collection with this id. */
  readonly notInCollection?: string;
  /** How many videos to leave out from the start of the list. */
  readonly skip?: number;
  /** 1 to 500; the server's default is 50. */
  readonly limit?: number;
  /** `duration` and `recorded_at` are the embedded platform's own. */
  readonly sortBy?: 'created_at' | 'name' | 'duration' | 'recorded_at';
  readonly sortOrder?: 'asc' | 'desc';
}

export interface VideoPage {
  readonly data: readonly VideoListItem[];
  /** True for a page with less than `limit` videos, entries that could not be read included. */
  readonly isLast: boolean;
}

/** `client.videos`: list, details, delete, and the two pipelines. */
export function videosResource(http: Http) {
  const initiate = (pipeline: Pipeline, videoId: string, call?: CallOptions) =>
    http.json(
      pipelineEnqueuedSchema,
      { method: 'POST', path: `${VIDEOS}/${pipeline}/initiate`, json: { video_id: videoId } },
      call,
    );

  const getStatus = (pipeline: Pipeline, videoId: string, call?: CallOptions) =>
    http.json(
      pipelineStatusSchema,
      { method: 'GET', path: `${VIDEOS}/${pipeline}/status/${encodeURIComponent(videoId)}` },
      call,
    );

  const getPage = async (params: VideoListParams, call?: CallOptions) => {
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
    const page = await http.json(videoListSchema, { method: 'GET', path: `${VIDEOS}/list`, query }, call);
    return { data: page.items, isLast: page.received < (params.limit ?? 1) };
  };

  return {
    /** Videos that match, paged by `skip` and `limit`, the newest first. Only what is set is sent. */
    async list(params: VideoListParams = {}, call?: CallOptions): Promise<VideoListItem[]> {
      return (await getPage(params, call)).data;
    },

    /** The same with whether it is the last page. */
    listPage(params: VideoListParams = {}, call?: CallOptions): Promise<VideoPage> {
      return getPage(params, call);
    },

    /** Every video that matches, page after page of `limit` (default 100). */
    iterate(
      { limit = 100, skip: from = 0, ...params }: VideoListParams = {},
      call?: CallOptions,
    ): AsyncGenerator<VideoListItem> {
      return paginateByOffset(limit, (skip) => getPage({ ...params, limit, skip: from + skip }, call));
    },

    /** One video with its metadata. Throws `PermissionDeniedError` for an unknown one, `NotFoundError` for a deleted one. */
    get(videoId: string, call?: CallOptions): Promise<VideoDetails> {
      const query = { video_id: videoId };
      return http.json(videoDetailsSchema, { method: 'GET', path: `${VIDEOS}/get-video-details`, query }, call);
    },

    /** Deletes a video for good, with every derived asset. */
    delete(videoId: string, call?: CallOptions): Promise<void> {
      return http.empty({ method: 'DELETE', path: `${VIDEOS}/delete`, query: { video_id: videoId } }, call);
    },

    /** Starts the analyse pipeline. Throws `ConflictError` until transcoding has completed. */
    initiateAnalyse(videoId: string, call?: CallOptions): Promise<PipelineEnqueued> {
      return initiate('analyse', videoId, call);
    },

    /** Starts the search-process pipeline. Throws `ConflictError` until transcoding has completed. */
    initiateSearchProcess(videoId: string, call?: CallOptions): Promise<PipelineEnqueued> {
      return initiate('search-process', videoId, call);
    },

    /** The state of the analyse pipeline. It ends in `done`; compare with `isDone`. */
    getAnalyseStatus(videoId: string, call?: CallOptions): Promise<PipelineStatus> {
      return getStatus('analyse', videoId, call);
    },

    /** The state of the search-process pipeline. It ends in `success`; compare with `isDone`. */
    getSearchProcessStatus(videoId: string, call?: CallOptions): Promise<PipelineStatus> {
      return getStatus('search-process', videoId, call);
    },
  };
}
