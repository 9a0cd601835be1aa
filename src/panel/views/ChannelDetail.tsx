import type { Figure } from '../../core/model.ts';
import type { ChannelReport } from '../../core/session/report.ts';
import { evidenceText } from '../words/evidence.ts';
import { confidence, count, duration, figureBytes, figureTitle, percent } from '../words/numbers.ts';
import { language, t } from '../words/t.ts';
import { transportName } from '../words/transports.ts';
import { TransportBadge } from './TransportBadge.tsx';
import './channel-detail.css';

/** Why we say so, and what it costs. */
export function ChannelDetail({ channel, onClose }: { channel: ChannelReport; onClose: () => void }) {
  return (
    <aside class="detail" aria-label={t('detail')}>
      <header>
        <TransportBadge verdict={channel.verdict} />
        <button type="button" aria-label={t('close')} title={t('close')} onClick={onClose}>
          ✕
        </button>
      </header>
      <div class="detail__url">
        {channel.method} {channel.sampleUrl}
      </div>
      <VerdictSection channel={channel} />
      {channel.connections === 0 ? <PollsSection channel={channel} /> : <ConnectionsSection channel={channel} />}
      <BytesSection channel={channel} />
      <LatencySection channel={channel} />
    </aside>
  );
}

function VerdictSection({ channel }: { channel: ChannelReport }) {
  const { transport, confidence: p, provisional, evidence, since } = channel.verdict;
  const sentence =
    transport === null
      ? t('verdict_undecided')
      : t(provisional ? 'verdict_looksLike' : 'verdict_is', transportName(transport), confidence(p));
  return (
    <section data-section="verdict">
      <h3>{t('verdict')}</h3>
      <div>{sentence}</div>
      <ul>
        {evidence.map((fact) => (
          <li key={fact.kind}>{evidenceText(fact)}</li>
        ))}
      </ul>
      {since !== null && <div class="muted">{t('verdict_since', new Date(since).toLocaleTimeString(language()))}</div>}
    </section>
  );
}

function PollsSection({ channel }: { channel: ChannelReport }) {
  const { wasted } = channel;
  return (
    <section data-section="polls">
      <h3>{t('responses')}</h3>
      <dl>
        <Count label={t('worth_useful')} n={channel.useful} />
        <Count label={t('worth_empty')} n={wasted.empty} />
        <Count label={t('worth_identical')} n={wasted.identical} />
        <Count label={t('worth_volatileOnly')} n={wasted.volatileOnly} />
        <Count label={t('worth_heldTimeout')} n={wasted.heldTimeout} />
        <Count label={t('worth_baseline')} n={channel.baseline} />
        <Count label={t('worth_error')} n={channel.errors} />
        <Count label={t('worth_unjudged')} n={channel.unjudged} />
        <Count label={t('aborted')} n={channel.aborted} />
        <Count label={t('inFlight')} n={channel.inFlight} />
      </dl>
    </section>
  );
}

function ConnectionsSection({ channel }: { channel: ChannelReport }) {
  return (
    <section data-section="connections">
      <h3>{t('connections')}</h3>
      <dl>
        <Count label={t('connections_opened')} n={channel.connections} />
        <Count label={t('connections_open')} n={channel.openConnections} />
        <Count label={t('connections_reconnects')} n={channel.reconnects} />
        <Count label={t('messages_received')} n={channel.messages.received} />
        <Count label={t('messages_sent')} n={channel.messages.sent} />
      </dl>
    </section>
  );
}

function BytesSection({ channel }: { channel: ChannelReport }) {
  const { bytes, overheadRatio, reported, httpVersion } = channel;
  return (
    <section data-section="bytes">
      <h3>{t('bytes')}</h3>
      <dl>
        <Bytes label={t('bytes_requestHeader')} figure={bytes.requestHeader} />
        <Bytes label={t('bytes_responseHeader')} figure={bytes.responseHeader} />
        <Bytes label={t('bytes_framing')} figure={bytes.framing} />
        <Bytes label={t('bytes_payloadSent')} figure={bytes.payloadSent} />
        <Bytes label={t('bytes_payloadReceived')} figure={bytes.payloadReceived} />
        <Bytes label={t('bytes_wire')} figure={bytes.wire} />
      </dl>
      <div class="muted">
        {t('overhead_ratio', percent(overheadRatio))} ·{' '}
        {t('reported_title', count(reported.exchanges), count(reported.of))}
        {httpVersion !== null && ` · ${httpVersion}`}
      </div>
    </section>
  );
}

function LatencySection({ channel }: { channel: ChannelReport }) {
  const { p50, p95, max, samples } = channel.latency;
  return (
    <section data-section="latency">
      <h3>{t('latency')}</h3>
      {samples === 0 ? (
        <div class="muted">{t('latency_unstamped')}</div>
      ) : (
        <>
          <dl>
            <Row label={t('latency_median')} value={duration(p50.value)} />
            <Row label={t('latency_p95')} value={duration(p95.value)} />
            <Row label={t('latency_max')} value={duration(max.value)} />
            <Row label={t('latency_samples')} value={count(samples)} />
          </dl>
          <div class="muted">{t('latency_clock')}</div>
        </>
      )}
    </section>
  );
}

/** Zeros of rare kinds only take room. */
const Count = ({ label, n }: { label: string; n: number }) => (n === 0 ? null : <Row label={label} value={count(n)} />);

const Bytes = ({ label, figure }: { label: string; figure: Figure }) => (
  <Row
    label={label}
    value={figureBytes(figure)}
    note={t(`provenance_${figure.provenance}`)}
    title={figureTitle(figure)}
  />
);

function Row({ label, value, note, title }: { label: string; value: string; note?: string; title?: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd class="number" title={title}>
        {value}
      </dd>
      <dd class="muted">{note}</dd>
    </>
  );
}
