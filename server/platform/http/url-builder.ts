import type { FastifyRequest } from 'fastify';
import { BACKEND } from '#api/paths.ts';
import type { Platform } from '../context.ts';

const first = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header);

/**
 * Makes the URLs that answers carry. They name the host that the caller used: the gateway's when the request came
 * through it, so that the app works where only the gateway can be reached.
 */
export class UrlBuilder {
  readonly #platform: Platform;
  readonly #base: string;

  constructor(platform: Platform, request: FastifyRequest) {
    this.#platform = platform;
    const protocol = first(request.headers['x-forwarded-proto']) ?? 'http';
    this.#base = `${protocol}://${first(request.headers['x-forwarded-host']) ?? request.headers.host ?? 'localhost'}`;
  }

  #signed(method: 'GET' | 'PUT', path: string): string {
    return `${this.#base}${this.#platform.signer.sign(method, path)}`;
  }

  /** Auth-gated: each request for it must carry the API key. `key` names the published HLS package. */
  hls = (videoId: string, key: string) => `${this.#base}${BACKEND}/videos/hls/${videoId}/${key}/master.m3u8`;
  /** A pre-signed URL of an object. */
  object = (name: string) => this.#signed('GET', name);
  /** A pre-signed URL of one of a video's files. */
  file = (videoId: string, key: string) => this.object(`${videoId}/${key}`);
  /** Pre-signed URLs of the files in a folder of a video, named with its `/`: `before`, the file's name, `after`. */
  folder = (videoId: string, name: string) => {
    const { before, after } = this.#platform.signer.signFolder(`${videoId}/${name}`);
    return { before: `${this.#base}${before}`, after };
  };
  part = (uploadId: string, partNumber: number) => this.#signed('PUT', `parts/${uploadId}/${partNumber}`);
}
