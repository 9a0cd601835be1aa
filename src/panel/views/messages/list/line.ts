import type { Row } from '../../../../core/rows/row-list.ts';
import { settings } from '../../../settings.ts';
import { bytes, duration } from '../../../words/numbers.ts';
import { t } from '../../../words/t.ts';
import { instant } from '../../../words/times.ts';
import type { MessagesView } from '../context.ts';
import { COLUMNS, type ColumnId } from './columns.ts';
import { markedNodes } from './marked-nodes.ts';
import { type RowText, rowText } from './row-text.ts';

/** The element of one row, and how to make it show another. */
export interface Line {
  readonly element: HTMLElement;
  show(row: Row, before: Row | undefined, index: number): void;
}

const ARROWS = { sent: '↑', received: '↓', exchange: '⇅' } as const;
const NAMES = { sent: 'msg_sent', received: 'msg_received', exchange: 'msg_exchange' } as const;

export function createLine(view: MessagesView): Line {
  const { list, showsChannel, selected, pins, base, find } = view;
  const element = document.createElement('div');
  element.role = 'row';
  const cells = new Map<ColumnId, HTMLElement>();
  const texts = new Map<ColumnId, Text>();
  for (const { id, number } of COLUMNS) {
    if (id === 'channel' && !showsChannel) continue;
    const cell = document.createElement('span');
    cell.role = 'gridcell';
    cell.className = `row__${id}${number ? ' number' : ''}`;
    const text = document.createTextNode('');
    cell.append(text);
    cells.set(id, cell);
    texts.set(id, text);
    element.append(cell);
  }
  let isMarked = false;

  function say(id: ColumnId, said: string): void {
    const text = texts.get(id);
    if (text !== undefined && text.data !== said) text.data = said;
  }
  function sayPreview(said: string): void {
    const pattern = find.pattern.peek();
    const preview = cells.get('preview')!;
    if (pattern !== null) preview.replaceChildren(...markedNodes(said, pattern));
    else {
      if (isMarked) preview.replaceChildren(texts.get('preview')!);
      say('preview', said);
    }
    isMarked = pattern !== null;
  }
  function describe(text: RowText, before: Row | undefined): void {
    say('arrow', ARROWS[text.tone]);
    cells.get('arrow')!.ariaLabel = t(NAMES[text.tone]);
    say('time', instant(text.at, list.log.startedAt, settings.peek().timeFormat));
    say('delta', before === undefined ? '' : delta(text.at - timeOf(before)));
    say('channel', showsChannel ? view.channelName(text.channelId) : '');
    say('type', text.type);
    say('label', text.label);
    say('latency', text.latencyMs === null ? '' : duration(text.latencyMs));
    say('size', bytes(text.sizeBytes));
    sayPreview(text.preview);
  }
  const timeOf = (row: Row): number =>
    typeof row === 'number' ? list.log.history.messages.timeOf(row) : row.startedAt;

  return {
    element,
    show(row, before, index) {
      const text = rowText(list, row, view.previewChars);
      element.className = classOf(text);
      element.ariaRowIndex = String(index + 2);
      element.dataset.index = String(index);
      const isSelected = selected.peek()?.row === row;
      element.ariaSelected = String(isSelected);
      element.id = isSelected ? view.selectedId : '';
      element.toggleAttribute(
        'data-pinned',
        pins.peek().some((pin) => pin.row === row),
      );
      element.toggleAttribute('data-base', base.peek()?.row === row);
      if (text !== null) return describe(text, before);
      for (const id of cells.keys()) say(id, '');
      sayPreview(t('msg_gone'));
    },
  };
}

const delta = (ms: number): string => (Number.isNaN(ms) ? '' : `${ms < 0 ? '−' : '+'}${duration(Math.abs(ms))}`);

function classOf(text: RowText | null): string {
  if (text === null) return 'row row--gone';
  return `row row--${text.tone}${text.isControl ? ' row--control' : ''}${text.hasFailed ? ' row--failed' : ''}`;
}
