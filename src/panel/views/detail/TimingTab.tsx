import { type Bin, histogram } from '../../../core/inspect/histogram.ts';
import type { Spread } from '../../../core/metrics/samples.ts';
import type { Exchange } from '../../../core/model.ts';
import type { ChannelReport } from '../../../core/session/report.ts';
import type { Store } from '../../store.ts';
import { count, duration } from '../../words/numbers.ts';
import { language, t } from '../../words/t.ts';
import { Fact, Facts, Section } from './Facts.tsx';

/** So many of the last requests and messages are counted. */
const LAST = 1000;

/** When requests begin, how long the server holds them, and how messages follow one another. */
export function TimingTab({ store, channel }: { store: Store; channel: ChannelReport }) {
  store.beat.value;
  const { timing } = channel;
  const exchanges = store.log.history.exchanges.of(channel.id).slice(-LAST);
  const starts = exchanges.map(({ startedAt }) => startedAt);
  const holds = exchanges.flatMap(({ waitMs, respondedAt, startedAt }) => {
    const ms = waitMs ?? (respondedAt === null ? null : respondedAt - startedAt);
    return ms === null ? [] : [ms];
  });
  return (
    <>
      <Section id="timing" title={t('timing')}>
        <Facts>
          <Fact label={t('timing_rtt')} value={duration(timing.rttMs)} />
          <SpreadFact label={t('timing_ttfb')} spread={timing.ttfb} />
          <SpreadFact label={t('timing_reply')} spread={timing.reply} />
          <SpreadFact label={t('timing_interArrival')} spread={timing.interArrival} />
          <Fact label={t('timing_jitter')} value={duration(timing.interArrival.jitterMs)} />
        </Facts>
      </Section>
      <Histogram id="starts" title={t('timing_startToStart')} values={gapsBetween(starts)} />
      <Histogram id="idle" title={t('timing_endToStart')} values={idleGaps(exchanges)} />
      <Histogram id="holds" title={t('timing_holds')} values={holds} />
      <Histogram id="arrivals" title={t('timing_arrivals')} values={gapsBetween(arrivals(store, channel))} />
    </>
  );
}

const SpreadFact = ({ label, spread }: { label: string; spread: Spread }) =>
  spread.samples === 0 ? null : (
    <Fact
      label={label}
      value={duration(spread.p50)}
      note={t('timing_p95', duration(spread.p95))}
      title={t('timing_samples', count(spread.samples))}
    />
  );

const gapsBetween = (times: readonly number[]): number[] => times.slice(1).map((at, i) => at - times[i]!);

/** From the end of a request to the start of the next; none where they overlap. */
const idleGaps = (exchanges: readonly Exchange[]): number[] =>
  exchanges.slice(1).flatMap(({ startedAt }, i) => {
    const { endedAt } = exchanges[i]!;
    return endedAt === null || startedAt < endedAt ? [] : [startedAt - endedAt];
  });

function arrivals({ log: { history } }: Store, { id }: ChannelReport): number[] {
  const { messages } = history;
  const own = messages.of(id);
  const times: number[] = [];
  for (let i = Math.max(own.length - LAST, 0); i < own.length; i++)
    if (!messages.isSent(own.at(i))) times.push(messages.timeOf(own.at(i)));
  return times;
}

/** Bars of a list: the label says what the bar shows. */
function Histogram({ id, title, values }: { id: string; title: string; values: readonly number[] }) {
  const bins = histogram(values);
  if (values.length < 2) return null;
  const most = Math.max(...bins.map((bin) => bin.count));
  return (
    <Section id={`histogram-${id}`} title={title}>
      <table class="histogram">
        <caption class="muted">{t('timing_samples', count(values.length))}</caption>
        <tbody>
          {bins.map((bin) => (
            <tr key={bin.from}>
              <th scope="row" class="number">
                {edgesText(bin)}
              </th>
              <td class="histogram__cell">
                <span class="histogram__bar" style={{ width: `${(100 * bin.count) / most}%` }} />
              </td>
              <td class="number">{count(bin.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

/** Both edges in one unit, as exact as they are round. */
function edgesText({ from, to }: Bin): string {
  const [unit, ms] = to > 1000 ? ['s', 1000] : ['ms', 1];
  const format = new Intl.NumberFormat(language(), { maximumFractionDigits: 3 });
  return `${format.format(from / ms)} – ${format.format(to / ms)} ${unit}`;
}
