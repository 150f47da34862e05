/** Functions that are sent into the page as text, so each refers to nothing outside itself. */

export function isShown(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0 && getComputedStyle(element).visibility === 'visible';
}

/** The middle of an element in CSS pixels of the viewport; null while another element covers it. */
export function getClickPoint(element: Element): { x: number; y: number } | null {
  element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const point = { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
  const hit = document.elementFromPoint(point.x, point.y);
  return hit && (element.contains(hit) || hit.contains(element)) ? point : null;
}

/** The text that each element shows. */
export function getTexts(css: string): string[] {
  return [...document.querySelectorAll<HTMLElement>(css)].map((element) => element.innerText.trim());
}

/** An attribute of the first element; null when there is none. */
export function getAttribute(css: string, name: string): string | null {
  return document.querySelector(css)?.getAttribute(name) ?? null;
}

export function getBox(css: string): { x: number; y: number; width: number; height: number } {
  const { x = 0, y = 0, width = 0, height = 0 } = document.querySelector(css)?.getBoundingClientRect() ?? {};
  return { x, y, width, height };
}

/** The state of the player's clock; `time` in seconds, `rate` 1 as it was filmed. */
export function getPlayback(): { time: number; rate: number; isPlaying: boolean; isAtRest: boolean } {
  const video = document.querySelector('video');
  if (!video) return { time: -1, rate: 0, isPlaying: false, isAtRest: false };
  const { currentTime, playbackRate, paused, seeking, readyState } = video;
  return {
    time: currentTime,
    rate: playbackRate,
    isPlaying: !paused && readyState > 2,
    isAtRest: paused && !seeking && readyState >= 2,
  };
}

/** The color of one pixel of a PNG in base64: red, green, blue. */
export async function readPixel(base64: string, x: number, y: number): Promise<number[]> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  context?.drawImage(bitmap, 0, 0);
  return [...(context?.getImageData(Math.round(x), Math.round(y), 1, 1).data ?? [])].slice(0, 3);
}

/** Counts from now on how often React draws something new into an element; read it with `getDrawCount`. */
export function countDraws(css: string): void {
  const count = { draws: 0 };
  Object.assign(window, { draws: count });
  const target = document.querySelector(css);
  if (!target) return;
  new MutationObserver(() => {
    count.draws += 1;
  }).observe(target, { subtree: true, childList: true, characterData: true });
}

/** How often something new was drawn since `countDraws`. */
export function getDrawCount(): number {
  return (window as unknown as { draws?: { draws: number } }).draws?.draws ?? 0;
}

/** Notes from now on what the page throws and logs as an error; read it with `takeErrors`. */
export function watchErrors(): void {
  const errors: string[] = [];
  Object.assign(window, { notedErrors: errors });
  window.addEventListener('error', ({ message }) => errors.push(message));
  window.addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));
  const log = console.error;
  console.error = (...args: unknown[]) => {
    errors.push(args.map(String).join(' '));
    log(...args);
  };
}

/** What was noted since `watchErrors`, each error once. */
export function takeErrors(): string[] {
  return (window as unknown as { notedErrors?: string[] }).notedErrors?.splice(0) ?? [];
}
