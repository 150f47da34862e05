/** How the text of subtitle formats becomes WebVTT's markup or plain text. */

/** Text between tags that WebVTT knows, too; all other tags go. */
export const toMarkup = (text: string) =>
  text
    .replace(/\{\\[^}]*\}/g, '')
    .replace(/<(?!\/?[biu]>)[^>]*>/g, '')
    .replace(/&(?!(?:amp|lt|gt|nbsp|lrm|rlm);)/g, '&amp;');

export const escapeText = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Fields of a `Dialogue:` event in Matroska: read order, layer, style, name, three margins, effect, text. */
export const MATROSKA_ASS_FIELDS = 9;

/** The text of an Advanced SubStation Alpha event without its `fields - 1` other fields and its overrides. */
export const toAssText = (line: string, fields: number): string =>
  line
    .split(',')
    .slice(fields - 1)
    .join(',')
    .replace(/\{[^}]*\}/g, '')
    .replace(/\\N|\\n/g, '\n')
    .replace(/\\h/g, ' ');

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lrm: '',
  rlm: '',
};

/** Text without tags and entities, with single spaces and no empty lines. */
export const toPlainText = (markup: string): string =>
  markup
    .replace(/\{\\[^}]*\}/g, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
