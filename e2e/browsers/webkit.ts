import { createServer } from 'node:net';
import pRetry from 'p-retry';
import { z } from 'zod';
import type { Connection, ElementRef, Target } from './browser-driver.ts';
import { takeErrors, watchErrors } from './page-functions.ts';
import { type RunningProcess, startDisplay, startProcess } from './processes.ts';

/** WebKitGTK over WebDriver (https://www.w3.org/TR/webdriver2/), through WebKitWebDriver. */

const COMMAND_LIMIT_MS = 60_000;

/** The name under which WebDriver passes elements (https://www.w3.org/TR/webdriver2/#elements). */
const ELEMENT_KEY = 'element-6066-11e4-a52e-4f735466cecf';

const BROWSER_ARGS = ['--automation', '--geometry=1440x938', '--autoplay-policy=allow', '--enable-mediasource=1'];

/** Where elements of a role are looked for; whether they have it, and under which name, is for the browser to say. */
const CANDIDATES: Readonly<Record<string, string>> = {
  button: 'button, [role=button]',
  link: 'a[href]',
  tab: '[role=tab]',
  textbox: 'input, textarea',
  progressbar: '[role=progressbar], progress',
};

const answerSchema = z.object({ value: z.unknown() });
const errorSchema = z.object({ error: z.string(), message: z.string() });
const sessionSchema = z.object({ sessionId: z.string() });
const elementsSchema = z.array(z.object({ [ELEMENT_KEY]: z.string() }));

async function getFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function send(method: string, url: string, body?: object, limitMs = COMMAND_LIMIT_MS): Promise<unknown> {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    signal: AbortSignal.timeout(limitMs),
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const { value } = answerSchema.parse(await response.json());
  const failure = errorSchema.safeParse(value).data;
  if (!response.ok) throw new Error(failure ? `${failure.error}: ${failure.message}` : `HTTP ${response.status}`);
  return value;
}

class WebKitConnection implements Connection {
  readonly #session: string;
  readonly #consoleErrors: string[] = [];
  readonly #end: () => Promise<void>;

  constructor(session: string, end: () => Promise<void>) {
    this.#session = session;
    this.#end = end;
  }

  /** WebDriver does not report errors. They are noted in the page from when it has loaded, and taken before it is left. */
  async getConsoleErrors(): Promise<readonly string[]> {
    const taken = await this.call(`function () { return JSON.stringify((${takeErrors})()); }`, null, '');
    this.#consoleErrors.push(...z.array(z.string()).parse(JSON.parse(taken)));
    return this.#consoleErrors;
  }

  async #load(command: string, body: object): Promise<void> {
    await this.getConsoleErrors();
    await send('POST', `${this.#session}/${command}`, body);
    await this.call(`function () { (${watchErrors})(); return ''; }`, null, '');
  }

  navigate(url: string): Promise<void> {
    return this.#load('url', { url });
  }

  reload(): Promise<void> {
    return this.#load('refresh', {});
  }

  async #findByCss(value: string): Promise<ElementRef[]> {
    const found = await send('POST', `${this.#session}/elements`, { using: 'css selector', value });
    return elementsSchema.parse(found).map((element) => ({ id: element[ELEMENT_KEY] ?? '' }));
  }

  async find(target: Target): Promise<ElementRef[]> {
    if (typeof target === 'string') return this.#findByCss(target);
    const candidates = CANDIDATES[target.role];
    if (!candidates) throw new Error(`No candidates are known for the role ${target.role}.`);
    const found: ElementRef[] = [];
    for (const element of await this.#findByCss(candidates)) {
      const url = `${this.#session}/element/${element.id}`;
      // What has left the page meanwhile is not what was looked for.
      const name = await send('GET', `${url}/computedlabel`).catch(() => null);
      if (name !== target.name) continue;
      if ((await send('GET', `${url}/computedrole`).catch(() => null)) === target.role) found.push(element);
    }
    return found;
  }

  async call(source: string, element: ElementRef | null, json: string): Promise<string> {
    const result = await send('POST', `${this.#session}/execute/sync`, {
      script: `return (${source})(...arguments)`,
      args: [element && { [ELEMENT_KEY]: element.id }, json],
    });
    return z.string().parse(result);
  }

  async performActions(actions: readonly object[]): Promise<void> {
    await send('POST', `${this.#session}/actions`, { actions });
  }

  async setFiles({ id }: ElementRef, files: readonly string[]): Promise<void> {
    const show = (display: string) =>
      this.call(`function (input) { input.style.display = ${JSON.stringify(display)}; return ''; }`, { id }, '');
    // WebKit refuses to type into an input that is hidden, files too.
    await show('block');
    await send('POST', `${this.#session}/element/${id}/value`, { text: files.join('\n') });
    await show('');
  }

  async screenshot(): Promise<string> {
    return z.string().parse(await send('GET', `${this.#session}/screenshot`));
  }

  close(): Promise<void> {
    return this.#end();
  }
}

/** Starts WebKitGTK's small browser on a display of its own. */
export async function startWebKit(): Promise<Connection> {
  const started: RunningProcess[] = [];
  const end = async () => {
    for (const running of started.toReversed()) await running.stop();
  };
  try {
    const display = await startDisplay();
    started.push(display);
    const port = await getFreePort();
    const driver = await startProcess('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
      env: { DISPLAY: `:${display.said}`, LIBGL_ALWAYS_SOFTWARE: '1', NO_AT_BRIDGE: '1', GDK_BACKEND: 'x11' },
      ready: null,
    });
    started.push(driver);
    const origin = `http://127.0.0.1:${port}`;
    await pRetry(() => send('GET', `${origin}/status`), { retries: 60, factor: 1, minTimeout: 100 });
    const answer = await send('POST', `${origin}/session`, {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { args: BROWSER_ARGS } } },
    });
    const session = `${origin}/session/${sessionSchema.parse(answer).sessionId}`;
    await send('POST', `${session}/window/rect`, { x: 0, y: 0, width: 1440, height: 938 });
    return new WebKitConnection(session, end);
  } catch (error) {
    await end();
    throw error;
  }
}
