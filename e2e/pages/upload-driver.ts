import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Locator, type Page, type Route } from '@playwright/test';

const PART_URL_CALL = '**/multipart/part-url';

/** The Upload page as a person uses it. */
export class UploadDriver {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Picks files and leaves them waiting to be started. */
  async pick(files: string | readonly string[]): Promise<void> {
    await this.page.getByLabel('Videos to upload').setInputFiles(typeof files === 'string' ? files : [...files]);
  }

  start(): Promise<void> {
    return this.page.getByRole('button', { name: /^Upload \d+ video/ }).click();
  }

  /** Starts files without the pipelines behind them. */
  async pickAndStart(files: string | readonly string[]): Promise<void> {
    await this.page.goto('/upload');
    await this.pick(files);
    await this.page.getByRole('switch', { name: 'Process after upload' }).uncheck();
    await this.start();
  }

  /** The id of the next upload that begins. */
  async nextUploadId(): Promise<string> {
    const response = await this.page.waitForResponse('**/multipart/initiate');
    const { upload_id } = await response.json();
    return upload_id;
  }

  row(file: string): Locator {
    return this.page
      .getByRole('list', { name: 'Uploads' })
      .getByRole('listitem', { name: path.basename(file), exact: true });
  }

  /** Resolves when a file is wholly at the platform. */
  async expectUploaded(file: string): Promise<void> {
    // Intercepted bodies of ten MiB are slow, and earlier videos are still being processed beside them.
    await expect(this.row(file).getByText(/ uploaded · /)).toBeVisible({ timeout: 90_000 });
  }
}

/**
 * Holds the parts of uploads back: all of them, or those behind the first few. It stands before the request for a part's
 * URL, since bodies of ten MiB that pass through the test itself are slow.
 */
export class Gate {
  readonly #page: Page;
  readonly #waiting: Route[] = [];
  #open = false;

  private constructor(page: Page) {
    this.#page = page;
  }

  static async behind(page: Page, parts: number): Promise<Gate> {
    const gate = new Gate(page);
    await page.route(PART_URL_CALL, async (route) => {
      const { part_number } = route.request().postDataJSON();
      if (gate.#open || part_number <= parts) await route.continue();
      else gate.#waiting.push(route);
    });
    return gate;
  }

  /** How many are being held. */
  get held(): number {
    return this.#waiting.length;
  }

  /** Lets go of all, and holds no more. */
  async open(): Promise<void> {
    this.#open = true;
    // First: a part that is on its way when the page's requests are let alone again is never sent.
    await this.#page.unroute(PART_URL_CALL).catch(() => undefined);
    // One whose page is gone meanwhile has nowhere to go on to.
    for (const route of this.#waiting.splice(0)) await route.continue().catch(() => undefined);
  }
}

/** The URLs of one part, whichever upload it belongs to. */
export const urlOfPart = (part: number): RegExp => new RegExp(`/objects/parts/[^/]+/${part}\\?`);

/** The number of the part that a PUT sends. */
export const getPart = (url: string): number => Number(new URL(url).pathname.split('/').pop());

/** Notes the numbers of the parts that a page sends from now on. */
export function notePartsSent(page: Page): number[] {
  const sent: number[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PUT') sent.push(getPart(request.url()));
  });
  return sent;
}

/** The parts of an upload that the platform has safe on its disk. */
export async function partsAt(dataDir: string, uploadId: string): Promise<number[]> {
  const names = await readdir(path.join(dataDir, 'uploads', uploadId)).catch(() => []);
  return names
    .flatMap((name) => (/^\d+-[0-9a-f-]{36}$/.test(name) ? [Number.parseInt(name, 10)] : []))
    .sort((a, b) => a - b);
}
