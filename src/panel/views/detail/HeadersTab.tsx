import { costsOf, rankHeaders } from '../../../core/charts/header-costs.ts';
import { visibleLine } from '../../../core/inspect/visible-text.ts';
import type { NetworkEntry } from '../../../core/model.ts';
import type { ChannelReport } from '../../../core/session/report.ts';
import type { Store } from '../../store.ts';
import { bytes, duration, percent } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';
import { HeaderTable } from '../messages/detail/HeadersView.tsx';
import { Section } from './Facts.tsx';

const RANKED = 12;
const NAME_CHARS = 60;

/** What the heads cost, and those of the last request or handshake in full. */
export function HeadersTab({ store, channel }: { store: Store; channel: ChannelReport }) {
  const entry = lastEntry(store, channel);
  return (
    <>
      <Costs store={store} channel={channel} />
      {entry === null ? (
        <p class="detail__none muted">{t('headers_none')}</p>
      ) : (
        <div class="headers-tab">
          <HeaderTable
            title={channel.connections > 0 ? 'headers_handshake' : 'headers_last'}
            headers={[
              [t('msg_status'), `${entry.status} ${entry.httpVersion}`],
              [
                t('msg_phases'),
                t('msg_phases_text', duration(entry.blockedMs), duration(entry.waitMs), duration(entry.receiveMs)),
              ],
            ]}
          />
          <HeaderTable title="bytes_requestHeader" headers={entry.requestHeaders} />
          <HeaderTable title="bytes_responseHeader" headers={entry.responseHeaders} />
        </div>
      )}
    </>
  );
}

function lastEntry({ log, connections }: Store, { id }: ChannelReport): NetworkEntry | null {
  const handshake = connections
    .get(id)
    ?.findLast(({ handshakes }) => handshakes.length > 0)
    ?.handshakes.at(-1);
  return handshake ?? log.history.exchanges.of(id).findLast(({ network }) => network !== null)?.network ?? null;
}

/** A recording that was opened keeps the requests, not the sums. */
function costsOfChannel({ log, connections }: Store, { id }: ChannelReport) {
  const own = log.channels.filter((each) => each.id === id);
  if (own.some(({ headerCosts }) => headerCosts.size > 0)) return own;
  const handshakes = connections.get(id)?.flatMap((connection) => connection.handshakes) ?? [];
  return [costsOf([...log.history.exchanges.of(id).flatMap(({ network }) => network ?? []), ...handshakes])];
}

function Costs({ store, channel }: { store: Store; channel: ChannelReport }) {
  const own = costsOfChannel(store, channel);
  const ranked = rankHeaders(own, RANKED);
  if (ranked.length === 0) return null;
  const sum = (cost: { requestBytes: number; responseBytes: number }) => cost.requestBytes + cost.responseBytes;
  const all = rankHeaders(own, Infinity).reduce((total, cost) => total + sum(cost), 0);
  const most = sum(ranked[0]!);
  return (
    <Section id="header-costs" title={t('headers_costs')}>
      <table class="histogram">
        <thead class="visually-hidden">
          <tr>
            <th scope="col">{t('headers_name')}</th>
            <th scope="col">{t('headers_share')}</th>
            <th scope="col">{t('bytes')}</th>
          </tr>
        </thead>
        <tbody>
          {ranked.map((cost) => (
            <tr key={cost.name}>
              <th scope="row" class="histogram__name" title={cost.name}>
                {visibleLine(cost.name, NAME_CHARS)}
              </th>
              <td class="histogram__cell" title={percent(sum(cost) / all)}>
                <span class="histogram__bar histogram__bar--header" style={{ width: `${(100 * sum(cost)) / most}%` }} />
              </td>
              <td class="number">{bytes(sum(cost))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
