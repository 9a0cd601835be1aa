import { copyText } from '../../../copy.ts';
import type { MessagesView } from '../context.ts';

/** The keys of the list. Those that it does not take go on to the panel. */
export function onRowKey(view: MessagesView, event: KeyboardEvent): void {
  const { list, scrolling, selected } = view;
  const { length } = list.rows;
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key === 'c' && getSelection()?.isCollapsed !== false) {
    const text = view.textOfSelected();
    if (text === null) return;
    copyText(text);
  } else if (command || event.altKey) return;
  else {
    const at = selected.value === null ? -1 : view.selectedIndex();
    const from = at < 0 ? length : at;
    const to = {
      ArrowDown: at < 0 ? length - 1 : at + 1,
      ArrowUp: from - 1,
      PageDown: at < 0 ? length - 1 : at + scrolling.pageRows,
      PageUp: from - scrolling.pageRows,
      Home: 0,
      End: length - 1,
    }[event.key];
    if (to !== undefined) view.selectAt(Math.min(Math.max(to, 0), length - 1));
    else if (event.key === 'Enter' && at >= 0) view.focusDetail();
    else if (event.key === 'Escape' && at >= 0) view.select(null);
    else if (event.key === 'p' && at >= 0) view.pin();
    else if (event.key === 'c' && at >= 0) view.markBase();
    else return;
  }
  event.preventDefault();
  event.stopPropagation();
}
