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
