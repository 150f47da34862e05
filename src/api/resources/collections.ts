import type { CallOptions, Http } from '../http.ts';
import { pagesOf } from '../paging.ts';
import { BACKEND } from '../paths.ts';
import {
  collectionSchema,
  paginatedCollectionsSchema,
  paginatedCollectionVideosSchema,
} from '../schemas/collections.ts';

const COLLECTIONS = `${BACKEND}/collections`;

export interface PageParams {
  /** From 1. */
  readonly page?: number;
  readonly pageSize?: number;
}

export interface CollectionVideosParams extends PageParams {
  readonly sortBy?: 'created_at' | 'name';
  readonly sortOrder?: 'asc' | 'desc';
}

/** `client.collections`: named sets of processed videos. */
export function collectionsResource(http: Http) {
  const at = (id: string, rest = '') => `${COLLECTIONS}/${encodeURIComponent(id)}${rest}`;

  const list = ({ page, pageSize }: PageParams = {}, call?: CallOptions) =>
    http.json(
      paginatedCollectionsSchema,
      { method: 'GET', path: `${COLLECTIONS}/list`, query: { page, page_size: pageSize } },
      call,
    );

  const listVideos = (
    id: string,
    { page, pageSize, sortBy, sortOrder }: CollectionVideosParams = {},
    call?: CallOptions,
  ) =>
    http.json(
      paginatedCollectionVideosSchema,
      {
        method: 'GET',
        path: at(id, '/videos'),
        query: { page, page_size: pageSize, sort_by: sortBy, sort_order: sortOrder },
      },
      call,
    );

  return {
    list,
    listVideos,

    /** Every collection, page after page. */
    iterate: (pageSize = 100, call?: CallOptions) => pagesOf((page) => list({ page, pageSize }, call)),

    /** Every video of a collection, page after page. */
    iterateVideos: (id: string, { pageSize = 100, ...params }: CollectionVideosParams = {}, call?: CallOptions) =>
      pagesOf((page) => listVideos(id, { ...params, page, pageSize }, call)),

    /** 409 when the name is taken. */
    create(name: string, description?: string | null, call?: CallOptions) {
      const json = { name, description };
      return http.json(collectionSchema, { method: 'POST', path: `${COLLECTIONS}/create`, json }, call);
    },

    /** Changes only what is passed; 400 when nothing is. Answers the collection where the platform sends it back. */
    update(id: string, change: { name?: string; description?: string | null }, call?: CallOptions) {
      const path = `${COLLECTIONS}/update/${encodeURIComponent(id)}`;
      return http.json(collectionSchema, { method: 'PATCH', path, json: change, idempotent: true }, call);
    },

    /** The collection goes; its videos stay. */
    delete(id: string, call?: CallOptions): Promise<void> {
      return http.empty({ method: 'DELETE', path: `${COLLECTIONS}/delete/${encodeURIComponent(id)}` }, call);
    },

    /** 400 unless both pipelines of the video are done, 409 when it is already in. */
    addVideo(id: string, videoId: string, call?: CallOptions): Promise<void> {
      return http.empty({ method: 'POST', path: at(id, '/videos'), json: { video_id: videoId } }, call);
    },

    removeVideo(id: string, videoId: string, call?: CallOptions): Promise<void> {
      return http.empty({ method: 'DELETE', path: at(id, `/videos/${encodeURIComponent(videoId)}`) }, call);
    },
  };
}
