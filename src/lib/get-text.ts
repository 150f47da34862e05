/** The caption that the embedded platform adds to hits and points; null where a platform gives none. */
export function getText(item: { readonly [key: string]: unknown }): string | null {
  return typeof item.text === 'string' ? item.text : null;
}
