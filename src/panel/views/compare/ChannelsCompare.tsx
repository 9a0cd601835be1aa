import { signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { ChannelReport } from '../../../core/session/report.ts';
import type { Store } from '../../store.ts';
import { count } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';
import { ChannelName } from '../layout/ChannelName.tsx';
import { type Compared, createComparer } from './compared.ts';
import { EventTable } from './EventTable.tsx';
import { FiguresTable } from './FiguresTable.tsx';

const MOST = 6;
/** null: those that the panel thinks of. Kept while other views are shown. */
const chosen = signal<ReadonlySet<number> | null>(null);

/** Several channels that carry the same events. */
export function ChannelsCompare({ store }: { store: Store }) {
  const compare = useMemo(createComparer, []);
  store.beat.value;
  const candidates = store.shown.value.filter(({ messages }) => messages.received > 0);
  const picked = candidates.filter(({ id }, i) => chosen.value?.has(id) ?? i < MOST).slice(0, MOST);
  const { matching, channels } = compare(store.log, picked, store.range.value);
  const shared = matching.events.filter(({ cells }) => cells.filter((cell) => cell !== null).length > 1).length;
  return (
    <div class="compare__body">
      <Picker candidates={candidates} picked={picked} />
      {picked.length < 2 ? (
        <p class="compare__hint">{t('compare_pickTwo')}</p>
      ) : (
        <>
          <p class="compare__hint">
            {t(
              matching.isStamped ? 'compare_stamped' : 'compare_unstamped',
              count(shared),
              count(matching.events.length),
            )}
          </p>
          <FiguresTable channels={channels} rows={ROWS} />
          <EventTable matching={matching} channels={channels} store={store} />
        </>
      )}
    </div>
  );
}

/** Less is better of all of them but the number of events. */
const ROWS = [
  { id: 'events', title: 'compare_events', unit: 'count', of: (c: Compared) => c.events, lessIsBetter: null },
  { id: 'p50', title: 'compare_p50', unit: 'duration', of: (c: Compared) => c.p50Ms, lessIsBetter: true },
  { id: 'p95', title: 'compare_p95', unit: 'duration', of: (c: Compared) => c.p95Ms, lessIsBetter: true },
  { id: 'lost', title: 'compare_lost', unit: 'count', of: (c: Compared) => c.lost, lessIsBetter: true },
  {
    id: 'duplicates',
    title: 'compare_duplicates',
    unit: 'count',
    of: (c: Compared) => c.duplicates,
    lessIsBetter: true,
  },
  { id: 'bytes', title: 'compare_bytes', unit: 'bytes', of: (c: Compared) => c.bytesPerEvent, lessIsBetter: true },
  {
    id: 'requests',
    title: 'compare_requests',
    unit: 'ratio',
    of: (c: Compared) => c.requestsPerEvent,
    lessIsBetter: true,
  },
] as const;

function Picker({ candidates, picked }: { candidates: readonly ChannelReport[]; picked: readonly ChannelReport[] }) {
  const ids = new Set(picked.map(({ id }) => id));
  return (
    <fieldset class="compare__picker">
      <legend class="visually-hidden">{t('compare_which')}</legend>
      {candidates.map((channel) => (
        <label key={channel.id} title={channel.sampleUrl}>
          <input
            type="checkbox"
            data-pick={channel.id}
            checked={ids.has(channel.id)}
            disabled={!ids.has(channel.id) && ids.size >= MOST}
            onChange={(event) => {
              const next = new Set(ids);
              if (event.currentTarget.checked) next.add(channel.id);
              else next.delete(channel.id);
              chosen.value = next;
            }}
          />
          <ChannelName channel={channel} />
        </label>
      ))}
    </fieldset>
  );
}
