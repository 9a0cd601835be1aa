import { signal } from '@preact/signals';
import type { Store } from '../../store.ts';
import { t } from '../../words/t.ts';
import { ChannelsCompare } from './ChannelsCompare.tsx';
import { SessionsCompare } from './SessionsCompare.tsx';
import './compare.css';

const MODES = [
  { id: 'channels', title: 'compare_channels' },
  { id: 'sessions', title: 'compare_sessions' },
] as const;
/** Kept while other views are shown. */
const mode = signal<(typeof MODES)[number]['id']>('channels');

/** The same events over several channels, or two recordings, side by side. */
export function CompareView({ store }: { store: Store }) {
  return (
    <section class="compare" aria-label={t('tab_compare')}>
      <div class="compare__modes">
        {MODES.map(({ id, title }) => (
          <button
            key={id}
            type="button"
            class="button"
            aria-pressed={mode.value === id}
            onClick={() => {
              mode.value = id;
            }}
          >
            {t(title)}
          </button>
        ))}
      </div>
      {mode.value === 'channels' ? <ChannelsCompare store={store} /> : <SessionsCompare store={store} />}
    </section>
  );
}
