import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pRetry from 'p-retry';
import { z } from 'zod';
import type { Connection, ElementRef, Target } from './browser-driver.ts';
import { type RunningProcess, startDisplay, startProcess } from './processes.ts';

/** Firefox over WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/), which it speaks itself. */

/** Media plays without a gesture, WebGL draws in software, and nothing is asked of the network. */
const PREFERENCES = {
  'media.autoplay.default': 0,
  'media.autoplay.blocking_policy': 0,
  'webgl.force-enabled': true,
  'layout.css.prefers-color-scheme.content-override': 0,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
} as const;

const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('success'), id: z.number(), result: z.unknown() }),
  z.object({ type: z.literal('error'), id: z.number().nullable(), error: z.string(), message: z.string() }),
  z.object({ type: z.literal('event'), method: z.string(), params: z.unknown() }),
]);
const logSchema = z.object({ level: z.string(), text: z.string().nullable() });
const tabSchema = z.object({ context: z.string() });
const nodesSchema = z.object({ nodes: z.array(z.object({ sharedId: z.string() })) });
const screenshotSchema = z.object({ data: z.string() });
const callSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('success'), result: z.object({ value: z.string() }) }),
  z.object({ type: z.literal('exception'), exceptionDetails: z.object({ text: z.string() }) }),
]);

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Commands and events of one BiDi session. */
class BidiSession {
  readonly consoleErrors: string[] = [];
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => this.#receive(String(data)));
    socket.addEventListener('close', () => {
      for (const { reject } of this.#pending.values()) reject(new Error('Firefox has closed the connection.'));
      this.#pending.clear();
    });
  }

  static async open(url: string): Promise<BidiSession> {
    const socket = new WebSocket(`${url}/session`);
    await new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('error', () => reject(new Error('Firefox does not answer.')));
    });
    const session = new BidiSession(socket);
    await session.send('session.new', { capabilities: {} });
    await session.send('session.subscribe', { events: ['log.entryAdded'] });
    return session;
  }

  send(method: string, params: object = {}): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => this.#pending.set(id, { resolve, reject }));
  }

  #receive(text: string): void {
    const message = messageSchema.parse(JSON.parse(text));
    if (message.type === 'event') {
      const entry = logSchema.safeParse(message.params).data;
      if (entry?.level === 'error') this.consoleErrors.push(entry.text ?? '');
      return;
    }
    if (message.id === null) return;
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.type === 'success') pending?.resolve(message.result);
    else pending?.reject(new Error(`${message.error}: ${message.message}`));
  }
}

class FirefoxConnection implements Connection {
  readonly #session: BidiSession;
  readonly #context: string;
  readonly #end: () => Promise<void>;

  constructor(session: BidiSession, context: string, end: () => Promise<void>) {
    this.#session = session;
    this.#context = context;
    this.#end = end;
  }

  async getConsoleErrors(): Promise<readonly string[]> {
    return this.#session.consoleErrors;
  }

  #send(method: string, params: object = {}): Promise<unknown> {
    return this.#session.send(method, { context: this.#context, ...params });
  }

  async navigate(url: string): Promise<void> {
    await this.#send('browsingContext.navigate', { url, wait: 'complete' });
    await pRetry(() => this.#expectFocus(), { retries: 100, factor: 1, minTimeout: 50 });
  }

  async reload(): Promise<void> {
    await this.#send('browsingContext.reload', { wait: 'complete' });
  }

  async find(target: Target): Promise<ElementRef[]> {
    const locator =
      typeof target === 'string' ? { type: 'css', value: target } : { type: 'accessibility', value: target };
    const { nodes } = nodesSchema.parse(await this.#send('browsingContext.locateNodes', { locator }));
    return nodes.map(({ sharedId }) => ({ id: sharedId }));
  }

  async call(source: string, element: ElementRef | null, json: string): Promise<string> {
    const answer = await this.#session.send('script.callFunction', {
      functionDeclaration: source,
      target: { context: this.#context },
      arguments: [element ? { sharedId: element.id } : { type: 'null' }, { type: 'string', value: json }],
      awaitPromise: true,
    });
    const called = callSchema.parse(answer);
    if (called.type === 'exception') throw new Error(called.exceptionDetails.text);
    return called.result.value;
  }

  async performActions(actions: readonly object[]): Promise<void> {
    await this.#send('input.performActions', { actions });
  }

  async setFiles({ id }: ElementRef, files: readonly string[]): Promise<void> {
    await this.#send('input.setFiles', { element: { sharedId: id }, files });
  }

  async screenshot(): Promise<string> {
    return screenshotSchema.parse(await this.#send('browsingContext.captureScreenshot')).data;
  }

  /** Throws while the page has no focus yet, and so gets no focus and blur events. */
  async #expectFocus(): Promise<void> {
    const hasFocus = await this.call('function () { return String(document.hasFocus()); }', null, '');
    if (hasFocus !== 'true') throw new Error('The page has no focus.');
  }

  close(): Promise<void> {
    return this.#end();
  }
}

/** Starts Firefox with a profile of its own, on a display of its own: headless it has no WebGL. */
export async function startFirefox(): Promise<Connection> {
  const profile = await mkdtemp(path.join(tmpdir(), 'mikshi-firefox-'));
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref('${name}', ${JSON.stringify(value)});\n`);
  await writeFile(path.join(profile, 'user.js'), lines.join(''));
  const started: RunningProcess[] = [];
  const end = async () => {
    for (const running of started.toReversed()) await running.stop();
    await rm(profile, { recursive: true, force: true });
  };
  try {
    const display = await startDisplay();
    started.push(display);
    const firefox = await startProcess(
      process.env.TEST_FIREFOX ?? 'firefox-esr',
      ['--no-remote', '--foreground', '--profile', profile, '--remote-debugging-port=0'],
      {
        env: { DISPLAY: `:${display.said}`, HOME: profile, LIBGL_ALWAYS_SOFTWARE: '1' },
        ready: /WebDriver BiDi listening on (ws:\/\/\S+)/,
      },
    );
    started.push(firefox);
    const session = await BidiSession.open(firefox.said);
    // In the tab that Firefox opens itself, the address bar has the focus and keeps it.
    const { context } = tabSchema.parse(await session.send('browsingContext.create', { type: 'tab' }));
    await session.send('browsingContext.setViewport', { context, viewport: { width: 1440, height: 900 } });
    return new FirefoxConnection(session, context, end);
  } catch (error) {
    await end();
    throw error;
  }
}
