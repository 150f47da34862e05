/** Spreadsheets take a field that starts like this for a formula. */
const LOOKS_LIKE_FORMULA = /^[=+\-@\t\r]/;

function field(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const safe = LOOKS_LIKE_FORMULA.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table as RFC 4180 has it; texts that a spreadsheet would take for a formula are kept from being one. */
export function formatCsv(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [header, ...rows, []].map((row) => row.map(field).join(',')).join('\r\n');
}

/** What file systems refuse in names, and what would make a path of one. */
const UNSAFE = /[\\/:*?"<>|\p{Cc}]+/gu;

export const toFileName = (title: string, ending: string): string =>
  `${title.replace(UNSAFE, ' ').trim().slice(0, 100) || 'video'}.${ending}`;

/** Hands a text to the person as a file. */
export const saveFile = (name: string, content: string, type: string): void =>
  saveBlob(name, new Blob([content], { type }));

/** Hands bytes to the person as a file. */
export function saveBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
