import type { MatchedEvent, Matching } from '../../../core/compare/match.ts';
import { settings } from '../../settings.ts';
import type { Store } from '../../store.ts';
import { count, duration } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';
import { instant } from '../../words/times.ts';
import { ChannelName } from '../layout/ChannelName.tsx';
import type { Compared } from './compared.ts';

/** More rows nobody reads; a range brings others. */
const MAX_ROWS = 100;

/** Widths in px. Columns of delays are equally wide, so that a bar means the same in each of them. */
const NAME_WIDTH = 248;
const DELAY_WIDTH = 140;

/** Each event with what it took to arrive over each channel, newest first. */
export function EventTable({
  matching,
  channels,
  store,
}: {
  matching: Matching;
  channels: readonly Compared[];
  store: Store;
}) {
  const newest = matching.events.slice(-MAX_ROWS).reverse();
  const slowest = Math.max(...newest.flatMap(({ cells }) => cells.map((cell) => cell?.delayMs ?? 0)), 1);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keys.
    <section class="compare__events" tabIndex={0} aria-label={t('compare_eventTable')}>
      <table class="plain-table" style={{ minWidth: `${NAME_WIDTH + channels.length * DELAY_WIDTH}px` }}>
        <caption>{t('compare_caption', count(newest.length), count(matching.events.length))}</caption>
        <thead>
          <tr>
            <th scope="col" class="compare__time">
              {t('table_time')}
            </th>
            <th scope="col" class="compare__key">
              {t('compare_event')}
            </th>
            {channels.map(({ report }) => (
              <th key={report.id} scope="col">
                <ChannelName channel={report} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {newest.map((event) => (
            <EventRow
              key={event.key}
              event={event}
              matching={matching}
              channels={channels}
              slowest={slowest}
              store={store}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  event: MatchedEvent;
  matching: Matching;
  channels: readonly Compared[];
  slowest: number;
  store: Store;
}

function EventRow({ event: { key, at, cells }, matching: { common }, channels, slowest, store }: RowProps) {
  const isCommon = common !== null && at >= common.from && at <= common.to;
  return (
    <tr data-event={key}>
      <td>{instant(at, store.log.startedAt, settings.value.timeFormat)}</td>
      <td class="compare__key" title={key}>
        {key}
      </td>
      {cells.map((cell, i) => {
        const { id, transport } = channels[i]!.report;
        if (cell === null)
          return (
            <td key={id} class="muted">
              {isCommon ? t('compare_isLost') : ''}
            </td>
          );
        const width = (100 * Math.log1p(Math.max(cell.delayMs, 0))) / Math.log1p(slowest);
        return (
          <td key={id}>
            <span class="compare__delay">
              <span class="number">{duration(cell.delayMs)}</span>
              <i style={{ width: `${width.toFixed(1)}%`, background: `var(--transport-${transport ?? 'none'})` }} />
              {cell.copies > 1 && <small>×{cell.copies}</small>}
            </span>
          </td>
        );
      })}
    </tr>
  );
}
