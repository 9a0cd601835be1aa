import { effect, type ReadonlySignal, signal } from '@preact/signals';
import {
  type Extent,
  heightPx,
  isReduced,
  lastTop,
  ROW_PX,
  revealed,
  rowAt,
  scrollTopOf,
} from '../../../../core/rows/window.ts';
import type { MessageList } from '../list-state.ts';

/** Height of the heading, which stays at the top of the scrolled box. */
export const HEAD_PX = 22;
/** A row that is seen half counts as seen: browsers round what they scroll to. */
const HALF = 0.5;

/** Where a list is scrolled to, and that it stays there while rows come and go around it. */
export interface Scrolling {
  /** Rises when something else is seen than before. */
  readonly moved: ReadonlySignal<number>;
  readonly extent: Extent;
  readonly scrollTop: number;
  /** The newest row is seen, so that newer ones are followed. */
  readonly following: boolean;
  /** Rows that have come since the end was last seen. */
  readonly unseen: number;
  /** `box` scrolls, `spacer` in it is as high as all rows. Returns how to let go of both. */
  attach(box: HTMLElement, spacer: HTMLElement): () => void;
  reveal(index: number): void;
  toEnd(): void;
  /** Rows that fit in the box, and its width. */
  readonly pageRows: number;
  readonly widthPx: number;
}

export function createScrolling(list: MessageList): Scrolling {
  const moved = signal(0);
  let box: HTMLElement | null = null;
  let spacer: HTMLElement | null = null;
  let extent: Extent = { count: 0, viewPx: 0 };
  let scrollTop = 0;
  let widthPx = 0;
  let following = true;
  /** Position of the row at the upper edge, and of the end when it was last seen. */
  let anchor = 0;
  let seenEnd = 0;
  /** Time of the row at the upper edge; and of that which was there before the search began anew, until it is found again. */
  let topAt = Number.NaN;
  let lostAt: number | null = null;
  let era = list.era.peek();
  let { log } = list;

  const tell = () => {
    moved.value = moved.peek() + 1;
  };
  const topRow = () => anchor - list.rows.start;

  function keepPlace(top: number): void {
    anchor = list.rows.start + top;
    if (lostAt === null) topAt = timeAt(Math.floor(top));
  }
  function scrollTo(row: number): void {
    scrollTop = scrollTopOf(extent, row);
    keepPlace(rowAt(extent, scrollTop));
    if (box !== null && Math.abs(box.scrollTop - scrollTop) >= 1) box.scrollTop = scrollTop;
  }
  function layOut(): void {
    extent = { ...extent, count: list.rows.length };
    if (spacer !== null) spacer.style.height = `${heightPx(extent)}px`;
    if (following) seenEnd = list.rows.start + list.rows.length;
    scrollTo(following ? lastTop(extent) : topRow());
    tell();
  }
  function follow(top: number): void {
    following = top >= lastTop(extent) - HALF;
    if (following) seenEnd = list.rows.start + list.rows.length;
  }

  const timeAt = (index: number): number => {
    const row = list.rows.at(index);
    return typeof row === 'number' ? list.log.history.messages.timeOf(row) : (row?.startedAt ?? Number.NaN);
  };
  /** Finds the place again at which the list was before its rows were searched anew. */
  function refind(at: number): void {
    if (list.left > 0 && !(timeAt(0) <= at)) return;
    let low = 0;
    let high = list.rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (timeAt(middle) < at) low = middle + 1;
      else high = middle;
    }
    anchor = list.rows.start + low;
    lostAt = null;
  }
  function onChange(): void {
    if (era !== list.era.peek()) {
      era = list.era.peek();
      anchor = list.rows.start;
      if (log !== list.log) following = true;
      log = list.log;
      lostAt = following || Number.isNaN(topAt) ? null : topAt;
    }
    if (lostAt !== null) refind(lostAt);
    layOut();
  }

  function onScroll(): void {
    if (box === null || Math.abs(box.scrollTop - scrollTop) < 1) return;
    scrollTop = box.scrollTop;
    // A box that grows scrolls before it is told to have grown.
    extent = { ...extent, viewPx: viewPxOf(box) };
    const top = rowAt(extent, scrollTop);
    keepPlace(top);
    follow(top);
    tell();
  }
  /** On a reduced scale a turn of the wheel would go too far. */
  function onWheel(event: WheelEvent): void {
    if (!isReduced(extent) || event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    const rows = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY / ROW_PX : event.deltaY;
    scrollTo(topRow() + rows);
    follow(topRow());
    tell();
  }

  return {
    moved,
    get extent() {
      return extent;
    },
    get scrollTop() {
      return scrollTop;
    },
    get following() {
      return following;
    },
    get unseen() {
      return following ? 0 : Math.max(list.rows.start + list.rows.length - seenEnd, 0);
    },
    attach(element, inner) {
      box = element;
      spacer = inner;
      const measure = () => {
        extent = { ...extent, viewPx: viewPxOf(element) };
        widthPx = element.clientWidth;
        layOut();
      };
      const observer = new ResizeObserver(measure);
      observer.observe(element);
      measure();
      element.addEventListener('scroll', onScroll, { passive: true });
      element.addEventListener('wheel', onWheel, { passive: false });
      const stopFollowing = effect(() => {
        list.changed.value;
        onChange();
      });
      return () => {
        stopFollowing();
        observer.disconnect();
        element.removeEventListener('scroll', onScroll);
        element.removeEventListener('wheel', onWheel);
        box = null;
        spacer = null;
      };
    },
    reveal(index) {
      const to = revealed(extent, topRow(), index);
      if (to === topRow()) return;
      scrollTo(to);
      follow(topRow());
      tell();
    },
    toEnd() {
      following = true;
      layOut();
    },
    get widthPx() {
      return widthPx;
    },
    get pageRows() {
      return Math.max(Math.floor(extent.viewPx / ROW_PX) - 1, 1);
    },
  };
}

const viewPxOf = (box: HTMLElement): number => Math.max(box.clientHeight - HEAD_PX, 0);
