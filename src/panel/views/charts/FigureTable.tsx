import type { Figure } from '../../charts/spec.ts';
import { UNKNOWN_TEXT } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';
import '../layout/plain-table.css';

/** What a chart shows, as a table. Newest or largest first is the figure's own order. */
export function FigureTable({ title, table }: { title: string; table: Figure['table'] | null }) {
  if (table === null) return <div class="chart__table" />;
  const { columns, rows, format } = table;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keys.
    <section class="chart__table" tabIndex={0} aria-label={t('chart_table', title)}>
      <table class="plain-table">
        <thead>
          <tr>
            {columns.map((column, i) => (
              <th key={column} scope="col" class={i === 0 ? '' : 'number'}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, column) => (
                <td key={columns[column]} class={column === 0 ? '' : 'number'}>
                  {cell === null ? UNKNOWN_TEXT : format(cell, column)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
