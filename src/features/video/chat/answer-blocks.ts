/**
 * Splits a Markdown text into blocks that can be rendered one by one: what has been written stays as it is while the last
 * one grows, so that a long answer costs no more per token than a short one. Blocks joined by blank lines are the text.
 */
export function answerBlocks(markdown: string): string[] {
  const blocks: string[] = [];
  let current: string[] = [];
  let fence: string | null = null;
  for (const line of markdown.split('\n')) {
    const opened = /^\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (opened && fence === null) fence = opened;
    else if (opened && fence !== null && opened.startsWith(fence)) fence = null;
    // Indented lines go on with the list item above them.
    if (fence === null && line.trim() === '' && current.length > 0) {
      blocks.push(current.join('\n'));
      current = [];
    } else if (/^\s+\S/.test(line) && current.length === 0 && blocks.length > 0) {
      current = [`${blocks.pop()}\n`, line];
    } else if (line.trim() !== '' || fence !== null) current.push(line);
  }
  if (current.length > 0) blocks.push(current.join('\n'));
  return blocks;
}
