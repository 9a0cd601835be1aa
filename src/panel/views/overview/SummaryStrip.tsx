import { EXCHANGE_BYTES, MESSAGE_BYTES } from '../../../core/store/memory.ts';
import { settings } from '../../settings.ts';
import type { Store } from '../../store.ts';
import { shortPath } from '../../words/channel.ts';
import { bytes, count, duration, percent } from '../../words/numbers.ts';
import { plural, t } from '../../words/t.ts';
import { instant } from '../../words/times.ts';
import { Icon } from '../layout/IconButton.tsx';
import './summary-strip.css';

/** The page in one line, and what wastes most in a sentence. What was lost or never reported is part of it. */
export function SummaryStrip({ store }: { store: Store }) {
  const { channels, allChannels, requests, requestsPerMinute, messages, judged, wasted, ...rest } = store.summary.value;
  const { wireBytes, payloadBytes, reported, reportable, p95Ms, dropped, evicted, rejected, unhooked } = rest;
  const wastedShare = judged === 0 ? null : wasted / judged;
  const overhead = wireBytes === 0 ? null : (wireBytes - payloadBytes) / wireBytes;
  return (
    <section class="summary" aria-label={t('summary')}>
      <Item
        value={channels === allChannels ? count(channels) : t('summary_of', count(channels), count(allChannels))}
        label={plural(allChannels, { one: 'summary_channel', other: 'channels' })}
      />
      <Item value={count(requests)} label={plural(requests, { one: 'summary_request', other: 'requests' })} />
      {requestsPerMinute !== null && (
        <Item value={count(requestsPerMinute)} label={t('summary_perMinute')} title={t('summary_perMinute_title')} />
      )}
      <Item value={count(messages)} label={plural(messages, { one: 'summary_message', other: 'summary_messages' })} />
      <Item
        value={percent(wastedShare)}
        label={t('wasted')}
        title={t('wasted_title', count(wasted), count(judged))}
        loud={wastedShare !== null && wastedShare >= 0.5}
      />
      <Item
        value={percent(overhead)}
        label={t('overhead')}
        title={t('overhead_title', bytes(wireBytes), bytes(payloadBytes))}
      />
      <Item
        value={duration(p95Ms)}
        label={t('summary_p95')}
        title={t(p95Ms === null ? 'latency_unstamped' : 'summary_p95_title')}
      />
      {reportable > reported && (
        <Item
          value={percent(reported / reportable)}
          label={t('reported')}
          title={t('reported_title', count(reported), count(reportable))}
        />
      )}
      {dropped > 0 && <Item value={count(dropped)} label={t('dropped')} title={t('dropped_title')} loud />}
      {evicted > 0 && <Item value={count(evicted)} label={t('evicted')} title={t('evicted_title')} loud />}
      {rejected > 0 && <Item value={count(rejected)} label={t('rejected')} title={t('rejected_title')} loud />}
      {unhooked > 0 && <Item value={count(unhooked)} label={t('unhooked')} title={t('networkOnly_title')} />}
      <MemoryItem store={store} />
      <Capture store={store} />
      <Worst store={store} />
    </section>
  );
}

function Item(props: { name?: string; value: string; label: string; title?: string; loud?: boolean }) {
  return (
    <span
      class={`summary__item${props.loud ? ' summary__item--loud' : ''}`}
      title={props.title}
      data-figure={props.name}
    >
      <b>{props.value}</b> <span class="muted">{props.label}</span>
    </span>
  );
}

/** What the recording takes, of how much it may take. */
function MemoryItem({ store }: { store: Store }) {
  const { bytes: taken, contentBytes, limitBytes } = store.summary.value.memory;
  const title = t('memory_title', bytes(contentBytes), bytes(taken - contentBytes), MESSAGE_BYTES, EXCHANGE_BYTES);
  return (
    <Item
      name="memory"
      value={bytes(taken)}
      label={limitBytes === null ? t('memory') : t('memory_of', bytes(limitBytes))}
      title={limitBytes === null ? title : `${title} ${t('memory_limit')}`}
    />
  );
}

/** Since when; or the range that everything is narrowed to, and the way out of it. */
function Capture({ store }: { store: Store }) {
  const { startedAt } = store.summary.value;
  const range = store.range.value;
  const { timeFormat } = settings.value;
  if (range === null) {
    const style = timeFormat === 'relative' ? 'clock' : timeFormat;
    return <span class="summary__item muted">{t('captureStarted', instant(startedAt, startedAt, style, 0))}</span>;
  }
  const at = (time: number) => instant(time, startedAt, timeFormat, 1);
  return (
    <button
      type="button"
      class="summary__range"
      title={t('range_clear')}
      onClick={() => {
        store.range.value = null;
      }}
    >
      {t('range', at(range.from), at(range.to))}
      <Icon name="close" />
    </button>
  );
}

/** Where to look first. */
function Worst({ store }: { store: Store }) {
  const { worst } = store.summary.value;
  if (worst === null) return null;
  const judged = worst.wastedTotal + worst.useful;
  const share = percent(worst.wastedTotal / judged);
  return (
    <button type="button" class="summary__worst" title={worst.sampleUrl} onClick={() => store.select(worst.id)}>
      {t('summary_worst', shortPath(worst), count(worst.wastedTotal), count(judged), share)}
    </button>
  );
}
