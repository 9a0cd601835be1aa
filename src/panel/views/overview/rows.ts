import type { ChannelReport } from '../../../core/session/report.ts';
import type { Settings } from '../../settings.ts';
import type { Store } from '../../store.ts';
import { COLUMNS, type Column } from './columns.tsx';

/** A line of the table: a channel, or the frame to which those below it belong. */
export type Row =
  | { kind: 'channel'; channel: ChannelReport }
  | { kind: 'frame'; url: string | null; frameId: number | null; channels: number };

/** The lines in their order. By appearance until a heading was clicked; ties keep that order. */
export function rowsOf(channels: readonly ChannelReport[], { sort, groupByFrame }: Settings, store: Store): Row[] {
  const ordered = sorted(channels, sort, store);
  if (!groupByFrame) return ordered.map((channel) => ({ kind: 'channel', channel }));
  const frames = new Map<string | null, ChannelReport[]>();
  for (const channel of ordered) {
    const url = channel.frame?.url ?? null;
    frames.set(url, [...(frames.get(url) ?? []), channel]);
  }
  return [...frames].flatMap(([url, own]) => [
    { kind: 'frame', url, frameId: own[0]!.frame?.frameId ?? null, channels: own.length } as const,
    ...own.map((channel) => ({ kind: 'channel', channel }) as const),
  ]);
}

function sorted(channels: readonly ChannelReport[], sort: Settings['sort'], store: Store): readonly ChannelReport[] {
  const column = COLUMNS.find(({ id }) => id === sort?.column);
  if (column === undefined) return channels;
  const sign = sort?.descending ? -1 : 1;
  return channels.toSorted((a, b) => {
    const [x, y] = [column.sortBy(a, store), column.sortBy(b, store)];
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y));
    return sign * order;
  });
}

export const MIN_COLUMN_PX = 44;
const MIN_ADDRESS_PX = 110;

export interface ShownColumn extends Column {
  px: number;
}

/** The columns that are wanted and for which there is room. The address takes what is left. */
export function columnsFor(availablePx: number, { hiddenColumns, columnWidths }: Settings): ShownColumn[] {
  const shown = COLUMNS.filter(({ id }) => !hiddenColumns.includes(id)).map((column) => ({
    ...column,
    px: columnWidths[column.id] ?? column.width,
  }));
  const least = () => shown.reduce((sum, { px, id }) => sum + (id === 'url' ? MIN_ADDRESS_PX : px), 0);
  while (least() > availablePx) {
    const most = shown.reduce((max, { yields }) => Math.max(max, yields), 0);
    if (most === 0) break;
    shown.splice(
      shown.findLastIndex(({ yields }) => yields === most),
      1,
    );
  }
  return shown;
}
