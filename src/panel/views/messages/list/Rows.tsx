import { useEffect, useRef } from 'preact/hooks';
import { ROW_PX, windowOf } from '../../../../core/rows/window.ts';
import { t } from '../../../words/t.ts';
import { useMessages } from '../context.ts';
import { RowLine } from './RowLine.tsx';
import { onRowKey } from './row-keys.ts';
import './rows.css';

/** Rows drawn beyond those that are seen, on either side. */
const SPARE = 8;

/** The rows of the list, of which only those in view exist. One stop in the tab order; keys move the selection. */
export function Rows() {
  const view = useMessages();
  const { list, scrolling, selected, showsChannel } = view;
  const box = useRef<HTMLDivElement>(null);
  const spacer = useRef<HTMLDivElement>(null);
  useEffect(() => scrolling.attach(box.current!, spacer.current!), [scrolling]);

  // Requests under way change without moving.
  const version = scrolling.moved.value + view.store.beat.value;
  const { from, count, topPx } = windowOf(scrolling.extent, scrolling.scrollTop, SPARE);
  const rows = Array.from({ length: count }, (_, i) => from + i);
  // As many places as rows are ever drawn in a box of this height.
  const places = Math.ceil(scrolling.extent.viewPx / ROW_PX) + 2 * SPARE + 2;
  const isSelectedSeen = selected.value !== null && rows.some((i) => list.rows.at(i) === selected.value!.row);

  const onClick = (event: MouseEvent) => {
    const line = (event.target as Element).closest<HTMLElement>('[data-index]');
    if (line === null) return;
    const row = list.rows.at(Number(line.dataset.index));
    if (row !== undefined) view.select(row, event.ctrlKey || event.metaKey);
  };

  return (
    <div
      ref={box}
      class={`rows${showsChannel ? ' rows--channel' : ''}`}
      role="grid"
      aria-label={t('msg_list')}
      aria-rowcount={list.rows.length + 1}
      aria-activedescendant={isSelectedSeen ? `${view.id}-selected` : undefined}
      tabIndex={0}
      onKeyDown={(event) => onRowKey(view, event)}
      onClick={onClick}
    >
      <div class="rows__head" role="rowgroup">
        <Heads showsChannel={showsChannel} />
      </div>
      <div ref={spacer} class="rows__body" role="rowgroup">
        <div class="rows__window" role="presentation" style={{ transform: `translateY(${topPx}px)` }}>
          {rows.map((index) => (
            // By place, not by row: while the list runs, texts change but elements stay.
            <RowLine key={index % places} view={view} index={index} version={version} />
          ))}
        </div>
      </div>
    </div>
  );
}

function Heads({ showsChannel }: { showsChannel: boolean }) {
  return (
    <div class="row" role="row">
      <span role="columnheader" aria-label={t('msg_column_direction')} />
      <span role="columnheader">{t('msg_column_time')}</span>
      <span role="columnheader" class="number row__delta" title={t('msg_column_delta_help')}>
        Δ
      </span>
      {showsChannel && (
        <span role="columnheader" class="row__channel">
          {t('msg_column_channel')}
        </span>
      )}
      <span role="columnheader" class="row__type">
        {t('msg_column_type')}
      </span>
      <span role="columnheader" class="row__label">
        {t('msg_column_label')}
      </span>
      <span role="columnheader" class="number row__latency" title={t('msg_column_latency_help')}>
        {t('msg_column_latency')}
      </span>
      <span role="columnheader" class="number">
        {t('msg_column_size')}
      </span>
      <span role="columnheader">{t('msg_column_content')}</span>
    </div>
  );
}
