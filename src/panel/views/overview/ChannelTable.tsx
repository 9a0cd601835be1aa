import { useRef } from 'preact/hooks';
import { WORKER_FRAME_ID } from '../../../core/model.ts';
import { settings } from '../../settings.ts';
import type { Store } from '../../store.ts';
import { count } from '../../words/numbers.ts';
import { type MessageKey, plural, t } from '../../words/t.ts';
import { showMenu } from '../layout/Menu.tsx';
import { rowsInWindow, useScrollWindow } from '../layout/use-scroll-window.ts';
import { channelMenu } from './channel-menu.ts';
import { columnsFor, type Row, rowsOf, type ShownColumn } from './rows.ts';
import { TableHead } from './TableHead.tsx';
import './channel-table.css';

const ROW_PX = 23;
const HEAD_PX = 24;

/**
 * All channels, one a row; only rows in sight are in the document. Keys go to the grid, which names its active row: a row that scrolls
 * away takes no focus with it.
 */
export function ChannelTable({ store }: { store: Store }) {
  const scroller = useRef<HTMLDivElement>(null);
  const seen = useScrollWindow(scroller);
  store.beat.value;
  const columns = columnsFor(seen.value.width, settings.value);
  const rows = rowsOf(store.shown.value, settings.value, store);
  const { first, last } = rowsInWindow(seen.value, ROW_PX, rows.length);
  const selectedId = store.selectedId.value;

  const onKeyDown = (event: KeyboardEvent) => {
    const channels = rows.flatMap((row) => (row.kind === 'channel' ? row.channel : []));
    const at = channels.findIndex(({ id }) => id === selectedId);
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      if (channels[at] !== undefined) showMenu(event, t('channels'), channelMenu(channels[at], store));
      return;
    }
    const page = Math.max(Math.floor(seen.peek().height / ROW_PX) - 2, 1);
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
    };
    const to = { ...steps, Home: 0, End: channels.length - 1 }[event.key];
    if (to === undefined || channels.length === 0) return;
    event.preventDefault();
    const channel = channels[Math.max(0, Math.min(to, channels.length - 1))]!;
    store.select(channel.id);
    reveal(
      scroller.current!,
      rows.findIndex((row) => row.kind === 'channel' && row.channel === channel),
    );
  };

  return (
    <div class="channels" ref={scroller}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are selected and walked by keys: a grid.
        role="grid"
        aria-label={t('channels')}
        aria-rowcount={rows.length + 1}
        {...(selectedId === null ? {} : { 'aria-activedescendant': `channel-${selectedId}` })}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <colgroup>
          {columns.map(({ id, px }) => (
            <col key={id} style={id === 'url' ? {} : { width: `${px}px` }} />
          ))}
        </colgroup>
        <TableHead columns={columns} />
        <tbody>
          <Spacer rows={first} columns={columns.length} />
          {rows
            .slice(first, last)
            .map((row, i) =>
              row.kind === 'frame' ? (
                <FrameRow key={`frame ${row.url}`} row={row} columns={columns.length} index={first + i} />
              ) : (
                <ChannelRow
                  key={row.channel.id}
                  row={row}
                  columns={columns}
                  index={first + i}
                  selected={row.channel.id === selectedId}
                  store={store}
                />
              ),
            )}
          <Spacer rows={rows.length - last} columns={columns.length} />
        </tbody>
      </table>
    </div>
  );
}

/** Scrolls so that the row is wholly in sight, below the sticky head. */
function reveal(scroller: HTMLElement, index: number): void {
  const top = index * ROW_PX;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  const bottom = top + ROW_PX + HEAD_PX - scroller.clientHeight;
  if (bottom > scroller.scrollTop) scroller.scrollTop = bottom;
}

/** Stands for rows out of sight. */
const Spacer = ({ rows, columns }: { rows: number; columns: number }) =>
  rows <= 0 ? null : (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row takes no focus.
    <tr aria-hidden="true" class="channels__spacer">
      <td colSpan={columns} style={{ height: `${rows * ROW_PX}px` }} />
    </tr>
  );

const FRAMES = new Map<number, MessageKey>([
  [0, 'frame_page'],
  [WORKER_FRAME_ID, 'frame_worker'],
]);

function FrameRow({ row, columns, index }: { row: Row & { kind: 'frame' }; columns: number; index: number }) {
  const where = t(row.frameId === null ? 'frame_none' : (FRAMES.get(row.frameId) ?? 'frame_frame'));
  const many = plural(row.channels, { one: 'channels_one', other: 'channels_other' }, count(row.channels));
  return (
    <tr class="channels__frame" aria-rowindex={index + 2}>
      <td colSpan={columns} title={row.url ?? ''}>
        <b>{where}</b> {row.url} <span class="muted">{many}</span>
      </td>
    </tr>
  );
}

interface ChannelRowProps {
  row: Row & { kind: 'channel' };
  columns: readonly ShownColumn[];
  index: number;
  selected: boolean;
  store: Store;
}

function ChannelRow({ row: { channel }, columns, index, selected, store }: ChannelRowProps) {
  return (
    <tr
      id={`channel-${channel.id}`}
      data-channel={channel.id}
      data-transport={channel.transport ?? 'undecided'}
      aria-selected={selected}
      aria-rowindex={index + 2}
      onClick={() => store.select(channel.id)}
      onContextMenu={(event) => {
        store.select(channel.id);
        showMenu(event, t('channels'), channelMenu(channel, store));
      }}
    >
      {columns.map(({ id, number, cell }) => {
        const { content, title } = cell(channel, store);
        return (
          <td key={id} data-column={id} class={number ? 'number' : ''} title={title}>
            {content}
          </td>
        );
      })}
    </tr>
  );
}
