/** A value of a table; null is an empty cell. */
export type Cell = string | number | boolean | null;

/**
 * Cells that a spreadsheet would run as a formula when the file is opened, tabs and line ends before it included
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
const FORMULA = /^[=+\-@\t\r]/;

/** One line of RFC 4180, its line end included. Text that looks like a formula gets a quote in front; numbers stay numbers. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
