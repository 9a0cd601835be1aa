import { heartbeatMs, retryMs } from '../../../core/rows/stream-settings.ts';
import type { ChannelReport } from '../../../core/session/report.ts';
import type { Store } from '../../store.ts';
import { closeCodeText } from '../../words/close-codes.ts';
import { bytes, count, duration, UNKNOWN_TEXT } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';
import { Count, Fact, Facts, Section } from './Facts.tsx';

/** The connections of a stream, and the settings that their behaviour gives away. */
export function StreamSection({ store, channel }: { store: Store; channel: ChannelReport }) {
  const connections = store.connections.get(channel.id) ?? [];
  const own = store.log.channels.find(({ id }) => id === channel.id);
  const last = connections.at(-1);
  const heartbeat = own === undefined ? null : heartbeatMs(store.log, own);
  const peakBytes = Math.max(0, ...connections.map(({ bufferedPeaks }) => bufferedPeaks.at(-1)?.bytes ?? 0));
  const closed = connections.findLast(({ closedAt }) => closedAt !== null);
  return (
    <Section id="connections" title={t('connections')}>
      <Facts>
        <Fact label={t('connections_opened')} value={count(channel.connections)} />
        <Count label={t('connections_open')} n={channel.openConnections} />
        <Count label={t('connections_reconnects')} n={channel.reconnects} />
        <Count label={t('messages_received')} n={channel.messages.received} />
        <Count label={t('messages_sent')} n={channel.messages.sent} />
        <Inferred label={t('stream_retry')} ms={retryMs(connections)} />
        <Inferred label={t('stream_pingSent')} ms={heartbeat?.sent ?? null} />
        <Inferred label={t('stream_pingReceived')} ms={heartbeat?.received ?? null} />
        {channel.subprotocol !== null && <Fact label={t('stream_subprotocol')} value={channel.subprotocol} />}
        {last?.extensions && <Fact label={t('stream_extensions')} value={last.extensions} />}
        {last?.lastEventId && <Fact label={t('stream_lastEventId')} value={last.lastEventId} />}
        {peakBytes > 0 && <Fact label={t('stream_bufferedPeak')} value={bytes(peakBytes)} />}
      </Facts>
      {closed !== undefined && (
        <p class="stream__close">
          {closed.closeCode === null
            ? t(closed.state === 'cut' ? 'stream_cut' : 'stream_closed')
            : t(
                'stream_closedWith',
                closed.closeCode,
                closeCodeText(closed.closeCode),
                closed.wasClean === null ? UNKNOWN_TEXT : t(closed.wasClean ? 'stream_clean' : 'stream_unclean'),
              )}
        </p>
      )}
    </Section>
  );
}

/** A setting that no API tells. */
const Inferred = ({ label, ms }: { label: string; ms: number | null }) => (
  <Fact label={label} value={duration(ms)} note={ms === null ? null : t('stream_inferred')} />
);
