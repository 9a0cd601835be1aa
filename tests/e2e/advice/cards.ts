import type { Frame } from 'puppeteer-core';

/** One card of the Advice tab: whose it is, and each piece of text on it. */
export interface Card {
  id: string;
  texts: string[];
}

/** Opens the Advice tab and reads its cards, once all of `ids` (checks and rules) are among them. */
export async function cardsIn(panel: Frame, ids: readonly string[], timeoutMs: number): Promise<Card[]> {
  await panel.waitForSelector('#tab-advice');
  // Not by the mouse: DevTools may push the panel down at any moment, to say something above it.
  await panel.$eval('#tab-advice', (tab) => (tab as HTMLElement).click());
  for (const id of ids)
    await panel.waitForSelector(cardOf(id), { timeout: timeoutMs }).catch(async () => {
      const shown = await panel.$eval('body', ({ innerText }) => innerText);
      throw new Error(`No card of ${id} appeared in the panel: ${shown}`);
    });
  return panel.$$eval('.card', (cards) =>
    cards.map((card) => ({
      id: card.getAttribute('data-check') ?? card.getAttribute('data-rule') ?? '',
      texts: [...card.querySelectorAll('summary > *, .card__label, p, li, th, td:not(:empty), a')].map((element) =>
        (element.textContent ?? '').trim(),
      ),
    })),
  );
}

const cardOf = (id: string): string => `[data-check="${id}"], [data-rule="${id}"]`;

/** What no text on a card may be: nothing, a value that was not there, a part that was not filled in, or not English. */
const BROKEN = /^$|undefined|null|NaN|Infinity|\[object|\$\d|[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]/;

/** The texts that nobody should read, each with its card. */
export const brokenIn = (cards: readonly Card[]): string[] =>
  cards.flatMap(({ id, texts }) => texts.filter((text) => BROKEN.test(text)).map((text) => `${id}: "${text}"`));
