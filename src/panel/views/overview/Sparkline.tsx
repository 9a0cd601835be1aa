import { mergeSeries } from '../../../core/series.ts';
import type { Store } from '../../store.ts';
import { count } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';

const SECONDS = 40;
const WIDTH = 80;
const HEIGHT = 16;
const BAR = WIDTH / SECONDS;

/** The last seconds of a channel: messages and news filled, answers in vain hollow above them. */
export function Sparkline({ channelId, store }: { channelId: number; store: Store }) {
  const { log } = store;
  const series = log.channels.find(({ id }) => id === channelId)?.series ?? [];
  const to = Math.floor(endOf(store) / 1000);
  const seconds = mergeSeries([series], to - SECONDS + 1, to);
  const amounts = seconds.map(({ useful, wasted, messages }) => ({ news: Math.max(useful, messages), wasted }));
  const most = Math.max(...amounts.map(({ news, wasted }) => news + wasted), 1);
  const total = amounts.reduce((sum, { news, wasted }) => sum + news + wasted, 0);
  const label = t('activity_label', count(total), count(SECONDS), count(most));
  return (
    <svg
      class="sparkline"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <path class="sparkline__ground" d={`M0 ${HEIGHT - 0.5}h${WIDTH}`} />
      <path class="sparkline__news" d={bars(amounts.map(({ news }) => [0, news / most]))} />
      <path class="sparkline__wasted" d={bars(amounts.map(({ news, wasted }) => [news / most, wasted / most]))} />
    </svg>
  );
}

/** Live: the newest input; a file: its last event. */
const endOf = ({ log, opened }: Store): number =>
  opened.value === null ? log.now : log.channels.reduce((last, { lastAt }) => Math.max(last, lastAt), log.startedAt);

/** Pairs of where a bar begins and how high it is, both as shares of the height. */
function bars(shares: [from: number, height: number][]): string {
  const room = HEIGHT - 2;
  return shares
    .map(([from, height], i) =>
      height === 0
        ? ''
        : `M${i * BAR + 0.25} ${(HEIGHT - 1 - from * room).toFixed(1)}v${(-height * room).toFixed(1)}h${BAR - 0.5}v${(height * room).toFixed(1)}z`,
    )
    .join('');
}
