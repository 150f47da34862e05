import { type Client, createClient } from '#api/client.ts';
import { AuthenticationError, getErrorMessage, NetworkError, PermissionDeniedError } from '#api/errors.ts';
import { Http } from '#api/http.ts';
import { type Configuration, readKey } from './configuration.ts';

/** What a tool works with during one call. */
export interface Session {
  readonly client: Client;
  /** What the embedded platform has beside the API, at `/local/…`. */
  readonly local: Http;
  /** The studio's page of a video, at `seconds` where given; null where the studio's address is not known. */
  getVideoUrl(videoId: string, seconds?: number): string | null;
}

/** The studio that the tools ask. */
export class Studio {
  readonly #configuration: Configuration;

  constructor(configuration: Configuration) {
    this.#configuration = configuration;
  }

  /**
   * Runs one call of a tool. The key is read each time, because the studio may be started, or its key replaced, while this
   * program runs. Throws an `Error` whose message is a sentence for the assistant.
   */
  async run<Result>(work: (session: Session) => Promise<Result>): Promise<Result> {
    const { baseUrl, studioUrl } = this.#configuration;
    try {
      const options = { baseUrl, apiKey: await readKey(this.#configuration) };
      return await work({
        client: createClient(options),
        local: new Http(options),
        getVideoUrl: (videoId, seconds) => {
          if (studioUrl === null) return null;
          const page = `${studioUrl}/videos/${encodeURIComponent(videoId)}`;
          return seconds === undefined ? page : `${page}?t=${seconds}`;
        },
      });
    } catch (cause) {
      throw new Error(this.#toSentence(cause), { cause });
    }
  }

  #toSentence(error: unknown): string {
    const { baseUrl, key } = this.#configuration;
    if (error instanceof NetworkError && error.isUnsent) {
      return `Mikshi Studio does not answer at ${baseUrl}. Start it with "npm start" in its folder, or set MIKSHI_BASE_URL to where the platform runs.`;
    }
    if (error instanceof AuthenticationError) {
      const source = 'file' in key ? `the one in ${key.file}` : 'the one in MIKSHI_API_KEY';
      return `The platform at ${baseUrl} refused the API key (${source}). Set MIKSHI_API_KEY, or DATA_DIR to the folder of the studio that is running.`;
    }
    if (error instanceof PermissionDeniedError) return `${error.message} list_videos has the ids of all videos.`;
    return getErrorMessage(error);
  }
}
