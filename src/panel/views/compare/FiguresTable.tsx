import { bytes, count, duration, UNKNOWN_TEXT } from '../../words/numbers.ts';
import { type MessageKey, t } from '../../words/t.ts';
import { ChannelName } from '../layout/ChannelName.tsx';
import type { Compared } from './compared.ts';
import '../layout/plain-table.css';

interface FigureRow {
  id: string;
  title: MessageKey;
  unit: 'count' | 'duration' | 'bytes' | 'ratio';
  of: (channel: Compared) => number | null;
  lessIsBetter: boolean | null;
}

/** The channels as columns; the best of each line is marked, unless all are alike. */
export function FiguresTable({ channels, rows }: { channels: readonly Compared[]; rows: readonly FigureRow[] }) {
  return (
    <table class="plain-table compare__figures">
      <thead>
        <tr>
          <td />
          {channels.map(({ report }) => (
            <th key={report.id} scope="col" class="number" title={report.sampleUrl} data-transport={report.transport}>
              <ChannelName channel={report} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, title, unit, of, lessIsBetter }) => {
          const values = channels.map(of);
          const best = lessIsBetter === true ? bestOf(values) : null;
          return (
            <tr key={id} data-figure={id}>
              <th scope="row">{t(title)}</th>
              {values.map((value, i) => (
                <td
                  key={channels[i]!.report.id}
                  class={`number${value !== null && value === best ? ' compare__best' : ''}`}
                >
                  {read(value, unit)}
                  {value !== null && value === best && <span class="visually-hidden"> ({t('compare_best')})</span>}
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function bestOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  const best = Math.min(...known);
  return known.length < 2 || known.every((value) => value === best) ? null : best;
}

function read(value: number | null, unit: FigureRow['unit']): string {
  if (value === null) return UNKNOWN_TEXT;
  switch (unit) {
    case 'count':
      return count(value);
    case 'duration':
      return duration(value);
    case 'bytes':
      return bytes(Math.round(value));
    case 'ratio':
      return value < 10 ? value.toFixed(2) : count(value);
  }
}
