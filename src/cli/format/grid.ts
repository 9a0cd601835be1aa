/** A column's cells are all to the left, or all to the right as numbers are. */
export interface Column {
  title: string;
  align: 'left' | 'right';
}

const GAP = '   ';

/** Lines of a table for a terminal; with a `width` the first left column that is too long is cut to fit. */
export function grid(columns: readonly Column[], rows: readonly string[][], width: number | null): string {
  const all = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, i) => Math.max(...all.map((row) => displayWidth(row[i]!))));
  const excess = width === null ? 0 : widths.reduce((sum, w) => sum + w, GAP.length * (widths.length - 1)) - width;
  if (excess > 0) {
    const longest = widths.indexOf(Math.max(...widths));
    widths[longest] = Math.max(widths[longest]! - excess, MIN_WIDTH);
  }
  return all
    .map((row) =>
      row
        .map((cell, i) => pad(cut(cell, widths[i]!), widths[i]!, columns[i]!.align))
        .join(GAP)
        .trimEnd(),
    )
    .join('\n');
}

const MIN_WIDTH = 12;
/** East Asian characters take two columns of a terminal (Unicode Standard Annex #11). */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;
const displayWidth = (text: string): number => text.length + (text.match(WIDE)?.length ?? 0);

function cut(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const half = Math.floor((width - 1) / 2);
  return `${text.slice(0, width - 1 - half)}…${text.slice(text.length - half)}`;
}

function pad(text: string, width: number, align: Column['align']): string {
  const spaces = ' '.repeat(Math.max(width - displayWidth(text), 0));
  return align === 'left' ? text + spaces : spaces + text;
}

/** The same as a table in Markdown. */
export function markdownTable(columns: readonly Column[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  const rule = `| ${columns.map(({ align }) => (align === 'left' ? ':---' : '---:')).join(' | ')} |`;
  return [line(columns.map(({ title }) => title)), rule, ...rows.map(line)].join('\n');
}

const escapeMarkdown = (text: string): string => text.replace(/[\\|`*_<>[\]]/g, '\\$&').replace(/\s+/g, ' ');
