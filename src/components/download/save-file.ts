/** What file systems refuse in names, and what would make a path of one. */
const UNSAFE = /[\\/:*?"<>|\p{Cc}]+/gu;

/** A title as a file name. */
export const fileNameOf = (title: string, ending: string): string =>
  `${title.replace(UNSAFE, ' ').trim().slice(0, 100) || 'video'}.${ending}`;

/** Hands a text to the person as a file. */
export function saveFile(name: string, content: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
