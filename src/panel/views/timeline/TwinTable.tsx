import type { ChannelReport } from '../../../core/session/report.ts';
import { itemsIn, type TimelineItem } from '../../../core/timeline/items.ts';
import { connectionsByChannel, laneOf } from '../../../core/timeline/lane.ts';
import { settings } from '../../settings.ts';
import type { Store } from '../../store.ts';
import { outcomeText, phasesText, requestText } from '../../words/exchange.ts';
import { bytes, count, duration } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';
import { instant } from '../../words/times.ts';
import '../layout/plain-table.css';
import { ChannelName } from '../layout/ChannelName.tsx';
import type { TimelineState } from './state.ts';

/** More rows nobody reads; zooming in brings the rest. */
const MAX_ROWS = 200;

/** The stretch of time in view as a table: what the canvas shows, in words. */
export function TwinTable({ store, state }: { store: Store; state: TimelineState }) {
  store.beat.value;
  const { log } = store;
  const view = state.view.value;
  const shown = store.shown.value;
  const connections = connectionsByChannel(log);
  const lanes = shown.map(({ id }) => ({ ...laneOf(log, id, connections.get(id) ?? []), channelId: id }));
  const { items, total } = itemsIn(lanes, view, MAX_ROWS, (seq) => log.history.messages.get(seq));
  const byId = new Map(shown.map((channel) => [channel.id, channel]));
  const at = (time: number) => instant(time, log.startedAt, settings.value.timeFormat);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by keys.
    <section class="timeline__twin" tabIndex={0} aria-label={t('timeline_table')}>
      <table class="plain-table">
        <caption>
          {t('timeline_caption', at(view.from), at(view.to), count(items.length), count(total))}
          {total > items.length && ` · ${t('timeline_zoomForMore')}`}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('table_time')}</th>
            <th scope="col">{t('timeline_channel')}</th>
            <th scope="col">{t('table_what')}</th>
            <th scope="col">{t('table_result')}</th>
            <th scope="col" class="number">
              {t('table_duration')}
            </th>
            <th scope="col" class="number">
              {t('table_size')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Row
              key={`${item.kind}${itemId(item)}`}
              item={item}
              channel={byId.get(item.channelId)!}
              at={at}
              now={log.now}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

const itemId = (item: TimelineItem): number => (item.kind === 'exchange' ? item.exchange.id : item.message.seq);

function Row({
  item,
  channel,
  at,
  now,
}: {
  item: TimelineItem;
  channel: ChannelReport;
  at: (time: number) => string;
  now: number;
}) {
  const isPoll = channel.transport === 'polling' || channel.transport === 'long-polling';
  return (
    <tr>
      <td class="number">{at(item.at)}</td>
      <td>
        <ChannelName channel={channel} />
      </td>
      {item.kind === 'exchange' ? (
        <>
          <td>{requestText(item.exchange)}</td>
          <td title={phasesText(item.exchange, now)}>{outcomeText(item.exchange, isPoll)}</td>
          <td class="number">{duration((item.exchange.endedAt ?? now) - item.exchange.startedAt)}</td>
          <td class="number">{bytes(item.exchange.responseBodyBytes)}</td>
        </>
      ) : (
        <>
          <td>{t(item.message.direction === 'sent' ? 'messages_sent' : 'messages_received')}</td>
          <td>{item.message.type}</td>
          <td />
          <td class="number">{bytes(item.message.payloadBytes)}</td>
        </>
      )}
    </tr>
  );
}
