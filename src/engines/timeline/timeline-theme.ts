import type { TimelineTheme } from './paint-timeline.ts';

/** The colors of the scheme that is on, as a canvas takes them. */
export function getTheme(element: HTMLElement): TimelineTheme {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(name).trim();
  return {
    line: color('--studio-line'),
    quiet: color('--studio-quiet'),
    accent: color('--mantine-primary-color-filled'),
    font: `11px ${style.fontFamily}`,
  };
}
