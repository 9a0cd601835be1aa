import { count } from '../../words/numbers.ts';
import { plural, t } from '../../words/t.ts';
import { useMessages } from './context.ts';
import { FindBox } from './FindBox.tsx';

/** Above the list: find, what is left out, and how much there is. */
export function Tools() {
  const { list, base, selected, pin, markBase } = useMessages();
  const { hideControl } = list;
  return (
    <div class="messages__tools">
      <FindBox />
      <label class="messages__check" title={t('msg_hideControl_title')}>
        <input
          type="checkbox"
          checked={hideControl.value}
          onChange={(event) => {
            hideControl.value = event.currentTarget.checked;
          }}
        />
        {t('msg_hideControl')}
      </label>
      <button type="button" class="button" disabled={selected.value === null} title={t('msg_pin_title')} onClick={pin}>
        {t('msg_pin')}
      </button>
      <button
        type="button"
        class="button"
        disabled={selected.value === null}
        aria-pressed={base.value !== null && base.value.row === selected.value?.row}
        title={t('msg_base_title')}
        onClick={markBase}
      >
        {t('msg_base')}
      </button>
      <Counts />
    </div>
  );
}

function Counts() {
  const { list } = useMessages();
  list.changed.value;
  const { rows, hidden, left } = list;
  return (
    <span class="messages__counts muted" role="status">
      {plural(rows.length, { one: 'msg_rows_one', other: 'msg_rows_other' }, count(rows.length))}
      {hidden > 0 && ` · ${t('msg_hidden', count(hidden))}`}
      {left > 0 && ` · ${t('msg_searching', count(left))}`}
    </span>
  );
}
