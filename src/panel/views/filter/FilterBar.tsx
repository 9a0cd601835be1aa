import { changeSettings, settings } from '../../settings.ts';
import type { Store } from '../../store.ts';
import { count } from '../../words/numbers.ts';
import { t } from '../../words/t.ts';
import { type MenuItem, showMenu } from '../layout/Menu.tsx';
import { FilterBox } from './FilterBox.tsx';
import './filter-bar.css';

/** Narrows everything that is on screen: channels, rows, figures. */
export function FilterBar({ store }: { store: Store }) {
  const { filterText, filterInverted, filter } = store;
  const text = filterText.value.trim();
  return (
    <search class="filter" aria-label={t('filter')}>
      <FilterBox store={store} />
      <button
        type="button"
        class="button filter__invert"
        aria-pressed={filterInverted.value}
        title={t('filter_invert_title')}
        onClick={() => {
          filterInverted.value = !filterInverted.value;
        }}
      >
        {t('filter_invert')}
      </button>
      <button
        type="button"
        class="button filter__saved"
        aria-haspopup="menu"
        title={t('filter_saved_title')}
        onClick={(event) => showMenu(event, t('filter_saved'), savedMenu(store, text))}
      >
        {t('filter_saved')} ▾
      </button>
      <span class="filter__count muted" role="status">
        {!filter.value.isEmpty &&
          t('filter_count', count(store.shown.value.length), count(store.channels.value.length))}
      </span>
    </search>
  );
}

function savedMenu({ filterText }: Store, text: string): MenuItem[] {
  const { savedFilters } = settings.peek();
  const isSaved = savedFilters.includes(text);
  const keep: MenuItem = {
    label: t('filter_save'),
    apart: savedFilters.length > 0,
    disabled: text === '' || isSaved,
    onSelect: () => changeSettings({ savedFilters: [...savedFilters, text] }),
  };
  const forget: MenuItem = {
    label: t('filter_forget'),
    disabled: !isSaved,
    onSelect: () => changeSettings({ savedFilters: savedFilters.filter((saved) => saved !== text) }),
  };
  return [
    ...savedFilters.map((saved) => ({
      label: saved,
      checked: saved === text,
      onSelect: () => {
        filterText.value = saved;
      },
    })),
    keep,
    forget,
  ];
}
