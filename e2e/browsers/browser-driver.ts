import { setTimeout as delay } from 'node:timers/promises';
import { getClickPoint, isShown } from './page-functions.ts';

/** What a test looks for: a CSS selector, or a role and the exact name that the browser itself computes for assistive technology. */
export type Target = string | { readonly role: string; readonly name: string };

/** An element of the page, by the id that the protocol gives it. */
export interface ElementRef {
  readonly id: string;
}

export interface Point {
  /** CSS pixels from the left of the viewport. */
  readonly x: number;
  /** CSS pixels from the top of the viewport. */
  readonly y: number;
}

type PointerAction =
  | { type: 'pointerMove'; x: number; y: number; duration?: number }
  | { type: 'pointerDown' | 'pointerUp'; button: 0 };
type KeyAction = { type: 'keyDown' | 'keyUp'; value: string };

/** An action source as WebDriver and WebDriver BiDi both define it. */
export type ActionSource =
  | { type: 'pointer'; id: string; parameters: { pointerType: 'mouse' }; actions: PointerAction[] }
  | { type: 'key'; id: string; actions: KeyAction[] };

/** A session with one browser, in the terms of its protocol. Each is a fresh profile with one page. */
export interface Connection {
  /** Resolves once the page has loaded. */
  navigate(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Elements in document order; none is no error. */
  find(target: Target): Promise<ElementRef[]>;
  /**
   * Calls a function in the page, and resolves to the text that it returns.
   * @param source a function expression; it gets `element` (null when there is none) and `json`
   */
  call(source: string, element: ElementRef | null, json: string): Promise<string>;
  performActions(sources: readonly ActionSource[]): Promise<void>;
  setFiles(input: ElementRef, files: readonly string[]): Promise<void>;
  /** A PNG of the viewport, in base64. */
  screenshot(): Promise<string>;
  /** Errors that pages have thrown or logged since the session began. */
  getConsoleErrors(): Promise<readonly string[]>;
  /** Ends the browser and everything that was started for it. */
  close(): Promise<void>;
}

/** The keys that WebDriver numbers in Unicode's private use area (https://www.w3.org/TR/webdriver2/#keyboard-actions). */
const NAMED_KEYS: Readonly<Record<string, string>> = {
  Enter: '\uE007',
  Shift: '\uE008',
  Escape: '\uE00C',
  ArrowLeft: '\uE012',
  ArrowRight: '\uE014',
};

const toKeyActions = (key: string): KeyAction[] => {
  const value = NAMED_KEYS[key] ?? key;
  return [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ];
};

const pointer = (actions: PointerAction[]): ActionSource => ({
  type: 'pointer',
  id: 'mouse',
  parameters: { pointerType: 'mouse' },
  actions,
});

const WAIT_LIMIT_MS = 20_000;
const POLL_MS = 50;

/** Long enough that a drag passes through its middle, which a lasso needs. */
const DRAG_STEP_MS = 60;

/** Drives a browser as a person would, over whatever protocol it speaks. */
export class BrowserDriver {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  goto(url: string): Promise<void> {
    return this.#connection.navigate(url);
  }

  reload(): Promise<void> {
    return this.#connection.reload();
  }

  getUrl(): Promise<URL> {
    return this.evaluate(() => location.href).then((href) => new URL(href));
  }

  getConsoleErrors(): Promise<readonly string[]> {
    return this.#connection.getConsoleErrors();
  }

  /** Calls a function in the page. It refers to nothing outside itself; arguments and result are JSON. */
  evaluate<Args extends readonly unknown[], Result>(
    run: (...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>> {
    return this.#evaluate(`(${run})(...JSON.parse(json))`, null, args);
  }

  /** Calls a function in the page with an element. */
  evaluateOn<Args extends readonly unknown[], Result>(
    element: ElementRef,
    run: (element: Element, ...args: Args) => Result,
    ...args: Args
  ): Promise<Awaited<Result>> {
    return this.#evaluate(`(${run})(element, ...JSON.parse(json))`, element, args);
  }

  async #evaluate<Result>(expression: string, element: ElementRef | null, args: readonly unknown[]): Promise<Result> {
    const source = `async function (element, json) { return JSON.stringify({ value: await ${expression} }); }`;
    return JSON.parse(await this.#connection.call(source, element, JSON.stringify(args))).value;
  }

  /** Reads again and again until there is something else than null. `what` names it in the error. */
  async waitFor<T>(what: string, read: () => Promise<T | null>): Promise<T> {
    const deadline = Date.now() + WAIT_LIMIT_MS;
    let lastError: unknown;
    while (Date.now() < deadline) {
      try {
        const value = await read();
        if (value !== null) return value;
      } catch (error) {
        // The page may have replaced the element between two commands.
        lastError = error;
      }
      await delay(POLL_MS);
    }
    throw new Error(`${what} was waited for in vain.`, { cause: lastError });
  }

  /** Every element that is shown. */
  async findAll(target: Target): Promise<ElementRef[]> {
    const found = await this.#connection.find(target);
    const shown = await Promise.all(found.map((element) => this.evaluateOn(element, isShown).catch(() => false)));
    return found.filter((_, index) => shown[index]);
  }

  /** The first element that is shown, which may take until it is there. */
  find(target: Target): Promise<ElementRef> {
    return this.waitFor(describe(target), async () => (await this.findAll(target))[0] ?? null);
  }

  /** Presses the middle of an element, once it stands still and nothing covers it. */
  async click(target: Target): Promise<void> {
    let before: Point | null = null;
    const point = await this.waitFor(`${describe(target)}, free to be pressed,`, async () => {
      const [element] = await this.findAll(target);
      const now = element ? await this.evaluateOn(element, getClickPoint) : null;
      const isStill = now !== null && now.x === before?.x && now.y === before.y;
      before = now;
      return isStill ? now : null;
    });
    await this.clickAt(point);
  }

  clickAt({ x, y }: Point): Promise<void> {
    return this.#connection.performActions([
      pointer([
        { type: 'pointerMove', x: Math.round(x), y: Math.round(y) },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]),
    ]);
  }

  hover({ x, y }: Point): Promise<void> {
    return this.#connection.performActions([pointer([{ type: 'pointerMove', x: Math.round(x), y: Math.round(y) }])]);
  }

  /** Moves the pressed pointer along a path. */
  drag(path: readonly Point[]): Promise<void> {
    const [first = { x: 0, y: 0 }, ...rest] = path.map(({ x, y }) => ({ x: Math.round(x), y: Math.round(y) }));
    return this.#connection.performActions([
      pointer([
        { type: 'pointerMove', ...first },
        { type: 'pointerDown', button: 0 },
        ...rest.map((point): PointerAction => ({ type: 'pointerMove', ...point, duration: DRAG_STEP_MS })),
        { type: 'pointerUp', button: 0 },
      ]),
    ]);
  }

  /** Presses keys one after the other, where the focus is: letters, or names like `Enter`. */
  press(...keys: string[]): Promise<void> {
    return this.#connection.performActions([{ type: 'key', id: 'keyboard', actions: keys.flatMap(toKeyActions) }]);
  }

  /** Clicks into a text field and types, letter by letter. */
  async type(target: Target, text: string): Promise<void> {
    await this.click(target);
    await this.press(...text);
  }

  /** Chooses files in a file input, which pages usually hide. */
  async setFiles(css: string, files: readonly string[]): Promise<void> {
    const input = await this.waitFor(css, async () => (await this.#connection.find(css))[0] ?? null);
    await this.#connection.setFiles(input, files);
  }

  /** A PNG of the viewport, in base64. */
  screenshot(): Promise<string> {
    return this.#connection.screenshot();
  }

  close(): Promise<void> {
    return this.#connection.close();
  }
}

const describe = (target: Target) => (typeof target === 'string' ? target : `${target.role} “${target.name}”`);
