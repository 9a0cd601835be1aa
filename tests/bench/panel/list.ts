import type { Frame } from 'puppeteer-core';
import { isSmooth, smoothness, watchFrames } from './frames.ts';
import type { Bench } from './main.ts';
import { atMost, ms } from './table.ts';

const FILTERS = [
  ['text in every message', 'hay'],
  ['text in one of 20,000', 'needle'],
  ['text in none', 'nowhere'],
  ['expression', '/"price":9999\\d/'],
  ['direction', 'dir:sent'],
  ['one channel', 'url:hv7x'],
] as const;

/** The message list over all that was recorded: opened, scrolled, filtered. */
export async function measureList({ panel, cdp, table }: Bench): Promise<void> {
  const openMs = await openMessagesMs(panel);
  table.tell('opening Messages: first rows', ms(openMs), atMost(openMs, 500), '34 s for 20 k');
  const reading = await watchFrames(panel, cdp, () => untilSearched(panel));
  table.tell('while the past is read', smoothness(reading), isSmooth(reading));

  for (const [how, px, frames] of [
    ['60 px a frame', 60, 300],
    ['a screen a frame', 2000, 200],
  ] as const) {
    const scrolled = await watchFrames(panel, cdp, () => scroll(panel, px, frames));
    table.tell(`scrolling, ${how}`, smoothness(scrolled), isSmooth(scrolled));
  }

  for (const [what, filter] of FILTERS) {
    const { firstMs, allMs, rows } = await filterMs(panel, filter);
    table.tell(
      `filter: ${what}`,
      `first screen ${ms(firstMs)}, all ${ms(allMs)} (${rows})`,
      atMost(firstMs, 150, 'first screen '),
      '0.6–1.1 s for 20 k',
    );
  }
  await untilSearched(panel);
}

/** From the click on the tab to rows on screen. */
const openMessagesMs = (panel: Frame): Promise<number> =>
  panel.evaluate(async () => {
    const begun = performance.now();
    document.querySelector<HTMLElement>('#tab-messages')!.click();
    while (document.querySelector('.rows__body .row__preview')?.textContent === undefined)
      await new Promise(requestAnimationFrame);
    return performance.now() - begun;
  });

/** Until all that was recorded has been looked at. */
export async function untilSearched(panel: Frame): Promise<void> {
  await panel.waitForFunction(() => !/searching/.test(document.querySelector('.messages__counts')!.textContent!), {
    timeout: 60_000,
  });
}

/** Scrolls up by so much a frame, and from the end again when it is at the top. */
const scroll = (panel: Frame, px: number, frames: number): Promise<void> =>
  panel.evaluate(
    async (step, count) => {
      const grid = document.querySelector('.rows')!;
      for (let i = 0; i < count; i++) {
        grid.scrollTop = grid.scrollTop < step ? grid.scrollHeight : grid.scrollTop - step;
        await new Promise(requestAnimationFrame);
      }
    },
    px,
    frames,
  );

interface Filtered {
  firstMs: number;
  allMs: number;
  rows: string;
}

/** From typing a filter to a screen full of what it shows (or all there is), and to the end of the search. */
const filterMs = (panel: Frame, filter: string): Promise<Filtered> =>
  panel.evaluate(async (text) => {
    const counts = () => document.querySelector('.messages__counts')!.textContent!;
    const isSearching = () => /searching/.test(counts());
    const type = (value: string) => {
      const box = document.querySelector<HTMLInputElement>('[data-filter]')!;
      box.value = value;
      box.dispatchEvent(new Event('input', { bubbles: true }));
    };
    while (isSearching()) await new Promise(requestAnimationFrame);
    const before = counts();
    const screen = Math.floor(document.querySelector('.rows')!.clientHeight / 20) - 2;
    const begun = performance.now();
    type(text);
    const isFull = () => document.querySelectorAll('.rows__body .row').length >= screen;
    while (counts() === before || (isSearching() && !isFull())) await new Promise(requestAnimationFrame);
    const firstMs = performance.now() - begun;
    while (isSearching()) await new Promise(requestAnimationFrame);
    const found = { firstMs, allMs: performance.now() - begun, rows: counts() };
    type('');
    return found;
  }, filter);
