import {
  type Collection,
  collectionSchema,
  type PaginatedCollections,
  type PaginatedCollectionVideos,
  paginatedCollectionsSchema,
  paginatedCollectionVideosSchema,
  updatedCollectionSchema,
} from '../contracts/collections.ts';
import type { VideoListItem } from '../contracts/videos.ts';
import type { CallOptions, Http } from '../http.ts';
import { paginate } from '../paging.ts';
import { BACKEND } from '../paths.ts';

const COLLECTIONS = `${BACKEND}/collections`;

export interface PageParams {
  /** From 1. */
  readonly page?: number;
  /** 1 to 500; the server's default is 10. */
  readonly pageSize?: number;
}

export interface CollectionVideosParams extends PageParams {
  readonly sortBy?: 'created_at' | 'name';
  readonly sortOrder?: 'asc' | 'desc';
}

/** `client.collections`: named sets of processed videos. */
export function collectionsResource(http: Http) {
  const at = (id: string, rest = '') => `${COLLECTIONS}/${encodeURIComponent(id)}${rest}`;

  const list = ({ page, pageSize }: PageParams, call?: CallOptions) =>
    http.json(
      paginatedCollectionsSchema,
      { method: 'GET', path: `${COLLECTIONS}/list`, query: { page, page_size: pageSize } },
      call,
    );

  const listVideos = (id: string, params: CollectionVideosParams, call?: CallOptions) => {
    const { page, pageSize, sortBy, sortOrder } = params;
    const query = { page, page_size: pageSize, sort_by: sortBy, sort_order: sortOrder };
    return http.json(paginatedCollectionVideosSchema, { method: 'GET', path: at(id, '/videos'), query }, call);
  };

  return {
    /** One page of the collections, the newest first. */
    list(params: PageParams = {}, call?: CallOptions): Promise<PaginatedCollections> {
      return list(params, call);
    },

    /** One page of a collection's videos, all of them processed. Throws `NotFoundError` for an unknown collection. */
    listVideos(
      id: string,
      params: CollectionVideosParams = {},
      call?: CallOptions,
    ): Promise<PaginatedCollectionVideos> {
      return listVideos(id, params, call);
    },

    /** Every collection, page after page. */
    iterate(pageSize = 100, call?: CallOptions): AsyncGenerator<Collection> {
      return paginate((page) => list({ page, pageSize }, call));
    },

    /** Every video of a collection, page after page of `pageSize` (default 100). */
    iterateVideos(
      id: string,
      { pageSize = 100, ...params }: CollectionVideosParams = {},
      call?: CallOptions,
    ): AsyncGenerator<VideoListItem> {
      return paginate((page) => listVideos(id, { ...params, page, pageSize }, call));
    },

    /** Creates a collection. Throws `ConflictError` when the name is taken; `getOrCreateCollection` takes the one there is. */
    create(name: string, description?: string | null, call?: CallOptions): Promise<Collection> {
      const json = { name, description };
      return http.json(collectionSchema, { method: 'POST', path: `${COLLECTIONS}/create`, json }, call);
    },

    /**
     * Changes only what is passed; `BadRequestError` when nothing is. Resolves to the collection where the platform sends it
     * back, else to null.
     */
    update(
      id: string,
      change: { name?: string; description?: string | null },
      call?: CallOptions,
    ): Promise<Collection | null> {
      const path = `${COLLECTIONS}/update/${encodeURIComponent(id)}`;
      return http.json(updatedCollectionSchema, { method: 'PATCH', path, json: change, isIdempotent: true }, call);
    },

    /** Deletes a collection; its videos stay. */
    delete(id: string, call?: CallOptions): Promise<void> {
      return http.empty({ method: 'DELETE', path: `${COLLECTIONS}/delete/${encodeURIComponent(id)}` }, call);
    },

    /**
     * Puts a video into a collection. Throws `BadRequestError` unless both of its pipelines are done, `ConflictError` when it is
     * in the collection already.
     */
    addVideo(id: string, videoId: string, call?: CallOptions): Promise<void> {
      return http.empty({ method: 'POST', path: at(id, '/videos'), json: { video_id: videoId } }, call);
    },

    /** Takes a video out of a collection. Throws `NotFoundError` when it is not in it. */
    removeVideo(id: string, videoId: string, call?: CallOptions): Promise<void> {
      return http.empty({ method: 'DELETE', path: at(id, `/videos/${encodeURIComponent(videoId)}`) }, call);
    },
  };
}
