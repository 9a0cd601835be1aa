import type { Row } from '../../../../core/rows/row-list.ts';
import { ROW_PX, type Window } from '../../../../core/rows/window.ts';
import type { MessagesView } from '../context.ts';
import { createLine, type Line } from './line.ts';

/** Once scrolling has rested this long, rows are put in the order in which they are read. */
const REST_MS = 250;

/** Draws the rows of a list that are in view. */
export interface RowPool {
  /** `fresh`: whatever was drawn may be another now, even where the row is the same. */
  draw(window: Window, fresh: boolean): void;
  destroy(): void;
}

interface Slot {
  line: Line;
  row: Row | undefined;
  before: Row | undefined;
  index: number;
}

/**
 * Rows are drawn by hand, not by the view library: at thousands of messages a second every row is another in every frame. A row
 * that stays in view keeps its element and its place in the scrolled box, so that scrolling costs the rows that come into view.
 */
export function createRowPool(body: HTMLElement, view: MessagesView): RowPool {
  const { list } = view;
  let slots: Slot[] = [];
  let timer = 0;

  function resize(count: number): void {
    while (slots.length < count) {
      const line = createLine(view);
      body.append(line.element);
      slots.push({ line, row: undefined, before: undefined, index: -1 });
    }
    for (const { line } of slots.splice(count)) line.element.remove();
  }
  function putInOrder(): void {
    const inOrder = slots.toSorted((a, b) => a.index - b.index);
    if (inOrder.some(({ line }, i) => body.children[i] !== line.element))
      body.append(...inOrder.map(({ line }) => line.element));
  }

  return {
    draw({ from, count, topPx }, fresh) {
      resize(count);
      for (let index = from; index < from + count; index++) {
        const slot = slots[index % count]!;
        const row = list.rows.at(index);
        const before = list.rows.at(index - 1);
        slot.line.element.style.top = `${topPx + (index - from) * ROW_PX}px`;
        if (!fresh && slot.row === row && slot.index === index && slot.before === before) continue;
        Object.assign(slot, { row, before, index });
        if (row !== undefined) slot.line.show(row, before, index);
      }
      clearTimeout(timer);
      timer = window.setTimeout(putInOrder, REST_MS);
    },
    destroy() {
      clearTimeout(timer);
      resize(0);
      slots = [];
    },
  };
}
