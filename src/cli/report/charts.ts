import type { Series } from '../../core/series.ts';
import { type Html, html } from './html.ts';

const [WIDTH, HEIGHT] = [640, 80];
const NOTHING = html``;

interface Bar {
  /** Stacked from below: the class that colours it, and its height in the unit of all. */
  parts: [kind: string, value: number][];
  title: string;
}

/** What each second brought, over time: answers with news, answers in vain, messages. Empty where nothing was counted. */
export function timeChart(series: Series, from: number, to: number): Html {
  const [first, last] = [Math.floor(from / 1000), Math.floor(to / 1000)];
  const shown = series.filter(({ second }) => second >= first && second <= last);
  if (!shown.some(({ useful, wasted, messages }) => useful + wasted + messages > 0)) return NOTHING;
  const width = WIDTH / Math.max(last - first + 1, 1);
  const bars = shown.map(({ second, useful, wasted, messages }) => ({
    x: (second - first) * width,
    parts: [
      ['useful', useful],
      ['wasted', wasted],
      ['message', messages],
    ] as Bar['parts'],
    title: `${second - first} s: ${useful} useful, ${wasted} wasted, ${messages} messages`,
  }));
  return columns(bars, width, 'What came in, second by second');
}

function columns(bars: readonly (Bar & { x: number })[], width: number, label: string): Html {
  const most = bars.reduce((max, { parts }) => Math.max(max, sum(parts)), 1);
  const drawn = bars.map(({ x, parts, title }) => {
    let top = HEIGHT;
    const pieces = parts
      .filter(([, value]) => value > 0)
      .map(([kind, value]) => {
        const height = (value / most) * HEIGHT;
        top -= height;
        return html`<rect class="${kind}" x="${x.toFixed(2)}" y="${top.toFixed(2)}" width="${Math.max(width - 0.5, 0.5).toFixed(2)}" height="${height.toFixed(2)}"/>`;
      });
    return html`<g><title>${title}</title>${pieces}</g>`;
  });
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}; the highest is ${most}" preserveAspectRatio="none">${drawn}</svg>`;
}

const sum = (parts: Bar['parts']): number => parts.reduce((total, [, value]) => total + value, 0);

/** A bar for a share of the largest value. */
export function shareBar(value: number, largest: number, kind: string): Html {
  const width = largest > 0 ? (100 * value) / largest : 0;
  return html`<svg class="share" viewBox="0 0 100 8" role="img" aria-label="${width.toFixed(0)} % of the largest" preserveAspectRatio="none"><rect class="${kind}" width="${width.toFixed(2)}" height="8"/></svg>`;
}
