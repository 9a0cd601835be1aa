import type { ChannelReport } from '../../../core/session/report.ts';
import type { Store } from '../../store.ts';
import { duration } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';
import { BytesSection } from './BytesSection.tsx';
import { Count, Fact, Facts, Section } from './Facts.tsx';
import { StackSection } from './StackSection.tsx';
import { StreamSection } from './StreamSection.tsx';
import { VerdictSection } from './VerdictSection.tsx';

/** The channel at a glance. */
export function OverviewTab({ store, channel }: { store: Store; channel: ChannelReport }) {
  return (
    <>
      <VerdictSection verdict={channel.verdict} startedAt={store.log.startedAt} />
      {channel.connections === 0 ? (
        <PollsSection channel={channel} />
      ) : (
        <StreamSection store={store} channel={channel} />
      )}
      <BytesSection channel={channel} />
      <LatencySection channel={channel} />
      <StackSection store={store} channel={channel} />
    </>
  );
}

function PollsSection({ channel }: { channel: ChannelReport }) {
  const { wasted } = channel;
  return (
    <Section id="polls" title={t('responses')}>
      <Facts>
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
      </Facts>
    </Section>
  );
}

function LatencySection({ channel }: { channel: ChannelReport }) {
  const { p50, p95, max, samples } = channel.latency;
  return (
    <Section id="latency" title={t('latency')}>
      {samples === 0 ? (
        <p class="muted">{t('latency_unstamped')}</p>
      ) : (
        <>
          <Facts>
            <Fact label={t('latency_median')} value={duration(p50.value)} />
            <Fact label={t('latency_p95')} value={duration(p95.value)} />
            <Fact label={t('latency_max')} value={duration(max.value)} />
            <Count label={t('latency_samples')} n={samples} />
          </Facts>
          <p class="muted">{t('latency_clock')}</p>
        </>
      )}
    </Section>
  );
}
