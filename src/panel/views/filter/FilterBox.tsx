import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { complete, type Suggestion, type Suggestions, suggest } from '../../../core/filter/suggest.ts';
import type { Store } from '../../store.ts';
import { t } from '../../words/t.ts';
import { knownValues } from './known-values.ts';
import { problemText } from './problems.ts';
import { SuggestionList } from './SuggestionList.tsx';

const LIST_ID = 'filter-suggestions';
const optionId = (index: number) => `${LIST_ID}-${index}`;

/**
 * The text of the filter, with what may come next below it: a combobox whose list only proposes
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Nothing is taken that was not chosen.
 */
export function FilterBox({ store }: { store: Store }) {
  const { filterText, filter } = store;
  const input = useRef<HTMLInputElement>(null);
  const open = useSignal<Suggestions | null>(null);
  const active = useSignal(-1);

  const propose = (text: string, caret: number) => {
    const found = suggest(text, caret, knownValues(store));
    open.value = found.items.length > 0 ? found : null;
    active.value = -1;
  };
  const proposeHere = () => propose(input.current!.value, input.current!.selectionStart ?? 0);
  const close = () => {
    open.value = null;
    active.value = -1;
  };
  const take = (item: Suggestion) => {
    const { text, caret } = complete(filterText.peek(), open.peek()!, item);
    filterText.value = text;
    input.current!.value = text;
    input.current!.setSelectionRange(caret, caret);
    propose(text, caret);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const items = open.value?.items ?? [];
    const chosen = items[active.value];
    if (event.key === 'ArrowDown' && open.value === null) proposeHere();
    else if (event.key === 'ArrowDown') active.value = (active.value + 1) % items.length;
    else if (event.key === 'ArrowUp' && open.value !== null)
      active.value = (Math.max(active.value, 0) + items.length - 1) % items.length;
    else if (event.key === 'Enter' && chosen !== undefined) take(chosen);
    else if (event.key === 'Enter') close();
    else if (event.key === 'Tab' && !event.shiftKey && chosen !== undefined) take(chosen);
    else if (event.key === 'Escape' && open.value !== null) close();
    else if (event.key === 'Escape' && filterText.value !== '') filterText.value = '';
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const problem = filter.value.problems[0];
  return (
    <div class="filter__box">
      <input
        ref={input}
        type="text"
        class="filter__text"
        data-filter
        role="combobox"
        aria-label={t('filter')}
        aria-autocomplete="list"
        aria-expanded={open.value !== null}
        aria-controls={LIST_ID}
        aria-activedescendant={active.value < 0 ? undefined : optionId(active.value)}
        aria-describedby={problem === undefined ? undefined : 'filter-problem'}
        placeholder={t('filter_placeholder')}
        title={t('filter_title')}
        spellcheck={false}
        autocomplete="off"
        value={filterText.value}
        onInput={(event) => {
          filterText.value = event.currentTarget.value;
          propose(event.currentTarget.value, event.currentTarget.selectionStart ?? 0);
        }}
        onFocus={() => store.events.look()}
        onClick={proposeHere}
        onBlur={close}
        onKeyDown={onKeyDown}
      />
      {filterText.value !== '' && (
        <button
          type="button"
          class="filter__clear"
          aria-label={t('filter_clear')}
          title={t('filter_clear')}
          onClick={() => {
            filterText.value = '';
            input.current!.focus();
          }}
        >
          ✕
        </button>
      )}
      {problem !== undefined && (
        <span class="filter__problem" id="filter-problem" role="status">
          {problemText(problem, filterText.value)}
        </span>
      )}
      <SuggestionList id={LIST_ID} optionId={optionId} open={open.value} active={active.value} onTake={take} />
    </div>
  );
}
