import type { Client } from '../client.ts';
import type { AskEvent, AskResponse, ChatMessage } from '../contracts/chat.ts';
import type { CallOptions } from '../http.ts';

/**
 * A conversation with one video. The server is stateless, so this owns the history and resends it; a turn is added only
 * when its answer came through whole.
 */
export class Conversation {
  readonly #client: Client;
  readonly #videoId: string;
  readonly #topK: number | undefined;
  readonly #history: ChatMessage[] = [];

  constructor(client: Client, { videoId, topK }: { videoId: string; topK?: number }) {
    this.#client = client;
    this.#videoId = videoId;
    this.#topK = topK;
  }

  /** The turns so far, as they are sent with the next question. */
  get history(): readonly ChatMessage[] {
    return this.#history;
  }

  #params() {
    return { videoId: this.#videoId, topK: this.#topK, history: [...this.#history] };
  }

  #append(question: string, answer: string): void {
    this.#history.push({ role: 'user', content: question }, { role: 'assistant', content: answer });
  }

  /** Asks and resolves to the whole answer; errors as `client.chat.ask`. */
  async ask(question: string, call?: CallOptions): Promise<AskResponse> {
    const result = await this.#client.chat.ask(question, this.#params(), call);
    this.#append(question, result.answer);
    return result;
  }

  /** Asks and yields the answer as it is made; events as `client.chat.askStream`. */
  async *askStream(question: string, call?: CallOptions): AsyncGenerator<AskEvent> {
    for await (const event of this.#client.chat.askStream(question, this.#params(), call)) {
      if (event.type === 'done') this.#append(question, event.answer);
      yield event;
    }
  }
}
