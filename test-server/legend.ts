import type { Mark } from './diagrams.ts';
import type { Texts } from './text/en.ts';

const LABELS: Record<Mark, keyof Texts> = {
  event: 'legendEvent',
  ask: 'legendAsk',
  news: 'legendNews',
  empty: 'legendEmpty',
  page: 'legendPage',
  held: 'legendHeld',
};

const shape = (mark: Mark): string =>
  mark === 'event' ? '<circle class="event" cx="13" cy="6" r="5"/>' : `<path class="${mark}" d="M2 6H24"/>`;

/** What the marks of time diagrams mean, for those of `shown`. */
export function legend(shown: ReadonlySet<Mark>, texts: Texts): string {
  const entries = (Object.keys(LABELS) as Mark[])
    .filter((mark) => shown.has(mark))
    .map(
      (mark) => `<span><svg viewBox="0 0 26 12" aria-hidden="true">${shape(mark)}</svg>${texts[LABELS[mark]]}</span>`,
    );
  return `<p class="legend">${entries.join('')}</p>`;
}
