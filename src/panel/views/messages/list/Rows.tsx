import { effect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { windowOf } from '../../../../core/rows/window.ts';
import { settings } from '../../../settings.ts';
import { t } from '../../../words/t.ts';
import { showMenu } from '../../layout/Menu.tsx';
import { useMessages } from '../context.ts';
import { COLUMNS } from './columns.ts';
import { onRowKey } from './row-keys.ts';
import { rowMenu } from './row-menu.ts';
import { createRowPool } from './row-pool.ts';
import './rows.css';

/** Rows drawn beyond those that are seen, on either side. */
const SPARE = 4;

/** The rows of the list, of which only those in view exist. One stop in the tab order; keys move the selection. */
export function Rows() {
  const view = useMessages();
  const { list, scrolling, showsChannel } = view;
  const box = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const grid = box.current!;
    const pool = createRowPool(body.current!, view);
    const detach = scrolling.attach(grid, body.current!);
    let drawn = '';
    const stop = effect(() => {
      scrolling.moved.value;
      // What may make the same row look different.
      const { timeFormat, language } = settings.value;
      const look =
        [list.era, view.look, view.store.beat].map((signal) => signal.value).join() +
        timeFormat +
        language +
        view.previewChars;
      pool.draw(windowOf(scrolling.extent, scrolling.scrollTop, SPARE), look !== drawn);
      drawn = look;
      grid.ariaRowCount = String(list.rows.length + 1);
      const isSelectedSeen = body.current!.querySelector(`#${view.selectedId}`) !== null;
      grid.toggleAttribute('aria-activedescendant', isSelectedSeen);
      if (isSelectedSeen) grid.setAttribute('aria-activedescendant', view.selectedId);
    });
    return () => {
      stop();
      detach();
      pool.destroy();
    };
  }, [view]);

  const rowOf = (event: Event) => {
    const line = (event.target as Element).closest<HTMLElement>('[data-index]');
    return line === null ? undefined : list.rows.at(Number(line.dataset.index));
  };
  const onClick = (event: MouseEvent) => {
    const row = rowOf(event);
    if (row !== undefined) view.select(row, event.ctrlKey || event.metaKey);
  };
  /** By key it is the selected row's. */
  const onContextMenu = (event: MouseEvent) => {
    const row = rowOf(event) ?? view.selected.peek()?.row;
    if (row === undefined) return;
    view.select(row);
    const item = view.selected.peek();
    if (item !== null) showMenu(event, t('msg_menu'), rowMenu(view, item));
  };
  /** What is cut off can be read by pointing at it. */
  const onPointerOver = (event: PointerEvent) => {
    const cell = (event.target as Element).closest<HTMLElement>('[role="gridcell"]');
    if (cell !== null) cell.title = cell.scrollWidth > cell.clientWidth ? (cell.textContent ?? '') : '';
  };

  return (
    <div
      ref={box}
      class={`rows${showsChannel ? ' rows--channel' : ''}`}
      role="grid"
      aria-label={t('msg_list')}
      tabIndex={0}
      onKeyDown={(event) => onRowKey(view, event)}
      onClick={onClick}
      onContextMenu={onContextMenu}
      onPointerOver={onPointerOver}
    >
      <div class="rows__head" role="rowgroup">
        <div class="row" role="row" aria-rowindex={1}>
          {COLUMNS.filter(({ id }) => showsChannel || id !== 'channel').map(({ id, title, help, number }) => (
            <span
              key={id}
              class={`row__${id}${number ? ' number' : ''}`}
              role="columnheader"
              title={help === null ? undefined : t(help)}
            >
              {id === 'arrow' ? <span class="visually-hidden">{t(title)}</span> : t(title)}
            </span>
          ))}
        </div>
      </div>
      <div ref={body} class="rows__body" role="rowgroup" />
    </div>
  );
}
