import { useSignal } from '@preact/signals';
import type { ChannelReport } from '../../../core/session/report.ts';
import type { Store } from '../../store.ts';
import { t } from '../../words/t.ts';
import { COLUMNS } from './columns.tsx';
import './channel-table.css';

/** All channels, one a row. Arrow keys move the selection, a click on a heading sorts. */
export function ChannelTable({ store }: { store: Store }) {
  const sort = useSignal<{ id: string; descending: boolean } | null>(null);
  const rows = sorted(store.shown.value, sort.value);
  const selectedId = store.selectedId.value;

  const onKeyDown = (event: KeyboardEvent) => {
    const at = rows.findIndex(({ id }) => id === selectedId);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const row = rows[Math.max(0, Math.min(to, rows.length - 1))];
    if (row === undefined) return;
    store.select(row.id);
    const body = event.currentTarget as HTMLElement;
    body.querySelector<HTMLElement>(`[data-channel="${row.id}"]`)?.focus();
  };

  return (
    <div class="channels">
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are selected and walked by keys: a grid. */}
      <table role="grid" aria-label={t('channels')}>
        <thead>
          <tr>
            {COLUMNS.map(({ id, title, help, number }) => (
              <th key={id} class={number ? 'number' : ''} aria-sort={ariaSort(sort.value, id)} scope="col">
                <button
                  type="button"
                  title={t(help)}
                  onClick={() => {
                    sort.value = { id, descending: sort.value?.id === id ? !sort.value.descending : number };
                  }}
                >
                  {t(title)}
                  {sort.value?.id === id && (sort.value.descending ? ' ▾' : ' ▴')}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {rows.map((channel, i) => (
            <Row
              key={channel.id}
              channel={channel}
              selected={channel.id === selectedId}
              focusable={selectedId === null ? i === 0 : channel.id === selectedId}
              onSelect={() => store.select(channel.id)}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row(props: { channel: ChannelReport; selected: boolean; focusable: boolean; onSelect: () => void }) {
  const { channel, selected, focusable, onSelect } = props;
  return (
    <tr
      data-channel={channel.id}
      data-transport={channel.transport ?? 'undecided'}
      aria-selected={selected}
      tabIndex={focusable ? 0 : -1}
      onClick={onSelect}
      onKeyDown={(event) => event.key === 'Enter' && onSelect()}
    >
      {COLUMNS.map(({ id, number, cell }) => {
        const { content, title } = cell(channel);
        return (
          <td key={id} data-column={id} class={number ? 'number' : `channels__${id}`} title={title}>
            {content}
          </td>
        );
      })}
    </tr>
  );
}

/** In order of appearance until a heading was clicked; ties keep that order. */
function sorted(channels: readonly ChannelReport[], sort: { id: string; descending: boolean } | null) {
  const column = COLUMNS.find(({ id }) => id === sort?.id);
  if (column === undefined) return channels;
  const sign = sort?.descending ? -1 : 1;
  return channels.toSorted((a, b) => {
    const [x, y] = [column.sortBy(a), column.sortBy(b)];
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y));
    return sign * order;
  });
}

function ariaSort(sort: { id: string; descending: boolean } | null, id: string) {
  return sort?.id !== id ? 'none' : sort.descending ? 'descending' : 'ascending';
}
