import { count } from '../../words/numbers.ts';
import { plural, t } from '../../words/t.ts';
import { useMessages } from './context.ts';

/** What lies over the list: that nothing is to be seen and why, or that something has come since. */
export function ListStatus() {
  const { list, scrolling, store } = useMessages();
  list.changed.value;
  scrolling.moved.value;
  const { length } = list.rows;
  if (length === 0 && list.left === 0) return <p class="messages__empty">{emptyText()}</p>;
  return scrolling.unseen === 0 ? null : (
    <button type="button" class="messages__new" onClick={() => scrolling.toEnd()}>
      ↓ {plural(scrolling.unseen, { one: 'msg_new_one', other: 'msg_new_other' }, count(scrolling.unseen))}
    </button>
  );

  function emptyText(): string {
    if (!store.filter.value.isEmpty || store.range.value !== null) return t('msg_empty_filtered');
    return list.hidden > 0 ? t('msg_empty_control', count(list.hidden)) : t('msg_empty');
  }
}
