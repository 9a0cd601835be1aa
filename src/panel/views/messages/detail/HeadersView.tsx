import { visibleLine } from '../../../../core/inspect/visible-text.ts';
import type { Header, NetworkEntry } from '../../../../core/model.ts';
import { duration } from '../../../words/numbers.ts';
import { type MessageKey, t } from '../../../words/t.ts';

const VALUE_CHARS = 4000;

/** Heads and phases of one request, as the network log tells them. */
export function HeadersView({ url, network }: { url: string; network: NetworkEntry | null }) {
  if (network === null) return <p class="item__note">{t('msg_noHeaders')}</p>;
  return (
    <div class="payload">
      <HeaderTable
        title="msg_general"
        headers={[
          [t('msg_url'), url],
          [t('msg_status'), `${network.status} ${network.httpVersion}`],
          [
            t('msg_phases'),
            t('msg_phases_text', duration(network.blockedMs), duration(network.waitMs), duration(network.receiveMs)),
          ],
        ]}
      />
      <HeaderTable title="bytes_requestHeader" headers={network.requestHeaders} />
      <HeaderTable title="bytes_responseHeader" headers={network.responseHeaders} />
    </div>
  );
}

export function HeaderTable({ title, headers }: { title: MessageKey; headers: readonly Header[] }) {
  return (
    <section class="headers">
      <h2>{t(title)}</h2>
      <dl>
        {headers.map(([name, value], i) => (
          <div key={i}>
            <dt>{visibleLine(name, VALUE_CHARS)}</dt>
            <dd>{visibleLine(value, VALUE_CHARS)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
