import { type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

export interface ScrollWindow {
  width: number;
  height: number;
  scrollTop: number;
}

/** What is seen of an element that scrolls, in CSS pixels; zeros until it is measured. */
export function useScrollWindow(ref: RefObject<HTMLElement | null>): Signal<ScrollWindow> {
  const seen = useSignal<ScrollWindow>({ width: 0, height: 0, scrollTop: 0 });
  useEffect(() => {
    const element = ref.current!;
    const measure = () => {
      const { clientWidth: width, clientHeight: height, scrollTop } = element;
      const known = seen.peek();
      if (known.width !== width || known.height !== height || known.scrollTop !== scrollTop)
        seen.value = { width, height, scrollTop };
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    measure();
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  return seen;
}

/** Rows of equal height: which of `count` to draw, with a few to spare on both sides. */
export function rowsInWindow(
  { height, scrollTop }: ScrollWindow,
  rowPx: number,
  count: number,
): { first: number; last: number } {
  const first = Math.max(Math.floor(scrollTop / rowPx) - SPARE_ROWS, 0);
  return { first: Math.min(first, count), last: Math.min(Math.ceil((scrollTop + height) / rowPx) + SPARE_ROWS, count) };
}

const SPARE_ROWS = 6;
