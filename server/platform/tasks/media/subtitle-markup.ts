/** How the text of subtitle formats becomes WebVTT's markup or plain text. */

/** Text between tags that WebVTT knows, too; all other tags go. */
export const toMarkup = (text: string) =>
  text
    .replace(/\{\\[^}]*\}/g, '')
    .replace(/<(?!\/?[biu]>)\/?[a-zA-Z][^<>]*>/g, '')
    // No tag: WebVTT would take what follows for one.
    .replace(/<(?!\/?[biu]>)/g, '&lt;')
    .replace(/&(?!(?:amp|lt|gt|nbsp|lrm|rlm);)/g, '&amp;');

export const escapeText = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Fields of a `Dialogue:` event in Matroska: read order, layer, style, name, three margins, effect, text. */
export const MATROSKA_ASS_FIELDS = 9;

/** Text without overrides (`{\\i1}`), and without the drawings that some of them begin (`{\\p1}`) and end (`{\\p0}`). */
function removeOverrides(text: string): string {
  let isDrawing = false;
  return text
    .split(/(\{[^{}]*\})/)
    .filter((part) => {
      if (!part.startsWith('{') || !part.endsWith('}')) return !isDrawing;
      const scale = /\\p(\d)/.exec(part)?.[1];
      if (scale !== undefined) isDrawing = scale !== '0';
      return false;
    })
    .join('');
}

/** The text of an Advanced SubStation Alpha event without its `fields - 1` other fields, its overrides and its drawings. */
export const toAssText = (line: string, fields: number): string =>
  removeOverrides(
    line
      .split(',')
      .slice(fields - 1)
      .join(','),
  )
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
    // Of WebVTT's tags, those with times begin with a number.
    .replace(/<\/?[a-zA-Z][^<>]*>|<[\d:.]+>/g, '')
    .replace(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .split(/\r\n?|\n/)
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
