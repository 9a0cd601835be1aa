import { useSignal } from '@preact/signals';
import type { Transport } from '../../../core/model.ts';
import { CHARTS } from '../../charts/figures/figures.ts';
import type { Store } from '../../store.ts';
import { shortName } from '../../words/channel.ts';
import { count } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';
import { transportName } from '../../words/transports.ts';
import { ChartCard } from './ChartCard.tsx';
import './charts.css';

const MINUTES = [1, 5, 10] as const;

/** The figures over time and by channel: of all channels that are shown, of one transport, or of one channel. */
export function ChartsView({ store }: { store: Store }) {
  const transport = useSignal<Transport | null>(null);
  const minutes = useSignal<number>(1);
  const only = { channelId: store.selectedId.value, transport: transport.value, minutes: minutes.value };
  return (
    <section class="charts" aria-label={t('tab_charts')}>
      <div class="charts__controls">
        <div>
          <label for="charts-scope">{t('charts_of')}</label>
          <ScopeSelect store={store} transport={transport.value} onTransport={(next) => (transport.value = next)} />
        </div>
        {store.range.value === null && (
          <label>
            {t('charts_last')}
            <select
              class="charts__minutes"
              value={minutes.value}
              onChange={(event) => {
                minutes.value = Number(event.currentTarget.value);
              }}
            >
              {MINUTES.map((n) => (
                <option key={n} value={n}>
                  {t('minutes', count(n))}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      <div class="charts__grid">
        {CHARTS.map((entry) => (
          <ChartCard key={entry.id} entry={entry} store={store} only={only} />
        ))}
      </div>
    </section>
  );
}

interface ScopeProps {
  store: Store;
  transport: Transport | null;
  onTransport: (transport: Transport | null) => void;
}

/** A channel chosen here is the selected one, here and everywhere. */
function ScopeSelect({ store, transport, onTransport }: ScopeProps) {
  const shown = store.shown.value;
  const transports = [...new Set(shown.flatMap((channel) => channel.transport ?? []))];
  const selectedId = store.selectedId.value;
  const value = selectedId !== null ? `channel ${selectedId}` : transport !== null ? `transport ${transport}` : 'all';
  return (
    <select
      id="charts-scope"
      value={value}
      onChange={(event) => {
        const [kind, which = ''] = event.currentTarget.value.split(' ');
        store.select(kind === 'channel' ? Number(which) : null);
        onTransport(kind === 'transport' ? (which as Transport) : null);
      }}
    >
      <option value="all">{t('charts_all')}</option>
      <optgroup label={t('column_transport')}>
        {transports.map((each) => (
          <option key={each} value={`transport ${each}`}>
            {transportName(each)}
          </option>
        ))}
      </optgroup>
      <optgroup label={t('timeline_channel')}>
        {shown.map((channel) => (
          <option key={channel.id} value={`channel ${channel.id}`}>
            {shortName(channel)}
          </option>
        ))}
      </optgroup>
    </select>
  );
}
