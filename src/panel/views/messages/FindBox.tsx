import { t } from '../../words/t.ts';
import { IconButton } from '../layout/IconButton.tsx';
import { useMessages } from './context.ts';

/** Finds text in the rows: Enter goes down, Shift+Enter up. */
export function FindBox() {
  const view = useMessages();
  const { find, list } = view;
  const seek = (step: 1 | -1) => {
    const from = view.selectedIndex();
    find.seek(from >= 0 ? from : step > 0 ? -1 : list.rows.length, step);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') seek(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape' && find.text.value !== '') {
      find.stop();
      find.text.value = '';
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const state = find.isBad.value ? t('msg_find_bad') : find.state.value === 'none' ? t('msg_find_none') : '';
  return (
    <search class="find">
      <input
        type="text"
        class="find__text"
        placeholder={t('msg_find')}
        aria-label={t('msg_find')}
        value={find.text.value}
        onInput={(event) => {
          find.stop();
          find.text.value = event.currentTarget.value;
        }}
        onKeyDown={onKeyDown}
      />
      <button
        type="button"
        class="find__regex"
        aria-pressed={find.isRegex.value}
        title={t('msg_find_regex')}
        aria-label={t('msg_find_regex')}
        onClick={() => {
          find.isRegex.value = !find.isRegex.value;
        }}
      >
        .*
      </button>
      <IconButton icon="up" label={t('msg_find_previous')} onClick={() => seek(-1)} />
      <IconButton icon="down" label={t('msg_find_next')} onClick={() => seek(1)} />
      <span class="find__state" role="status">
        {state}
      </span>
    </search>
  );
}
