import { cpus } from 'node:os';
import type { Browser, CDPSession, Frame } from 'puppeteer-core';
import type { Recorder } from '../../../src/panel/source/recorder.ts';
import { isSmooth, type Smoothness, smoothness, threadSeconds, watchFrames } from './frames.ts';
import type { Bench } from './main.ts';
import { ms } from './table.ts';

const SECONDS = 10;
const RATES = [
  { perSecond: 1000, native: '4 fps, worst 5.5 s' },
  { perSecond: 5000, native: 'hung' },
];

/**
 * The list follows a page whose sockets say thousands of messages a second. Beside it stands an empty window: frames that come
 * late there too are late for want of a core.
 */
export async function measureLive({ panel, cdp, page, flood, table }: Bench): Promise<void> {
  await panel.evaluate(() => {
    const grid = document.querySelector('.rows')!;
    grid.scrollTop = grid.scrollHeight;
  });
  await page.evaluate('openSockets()');
  const empty = await openEmptyWindow(page.browser());
  for (const { perSecond, native } of RATES) {
    const messages = perSecond * SECONDS;
    const before = await recorded(panel);
    const cpuBefore = await threadSeconds(cdp);
    const coresBefore = coreTimes();
    let beside: Smoothness | null = null;
    const live = await watchFrames(panel, cdp, async () => {
      beside = await watchFrames(empty.frame, empty.cdp, () => flood.run(perSecond, SECONDS));
    });
    const busy = busyShare(coresBefore, coreTimes());
    const completeMs = await untilShown(panel, before + messages);
    const cpu = (await threadSeconds(cdp)) - cpuBefore;
    table.tell(
      `${perSecond.toLocaleString('en')} messages/s, list following`,
      smoothness(live),
      isSmooth(live),
      native,
    );
    table.tell('the same: an empty window beside it', smoothness(beside!), null);
    table.tell(
      `the same: CPU of the panel for ${messages.toLocaleString('en')}`,
      `${cpu.toFixed(1)} s; all cores ${Math.round(100 * busy)} % busy`,
      null,
      '20 k: 30 s',
    );
    table.tell('the same: rows complete after the last was sent', ms(completeMs), null, '20 k: 7.5 s');
  }
}

async function openEmptyWindow(browser: Browser): Promise<{ frame: Frame; cdp: CDPSession }> {
  const page = await browser.newPage({ type: 'window' });
  // tsx keeps function names through a helper that does not exist in a page.
  await page.evaluate('globalThis.__name = (f) => f');
  const cdp = await page.createCDPSession();
  await cdp.send('Performance.enable');
  return { frame: page.mainFrame(), cdp };
}

interface CoreTimes {
  idle: number;
  all: number;
}

function coreTimes(): CoreTimes {
  const cores = cpus().map(({ times }) => times);
  const sum = (of: (times: (typeof cores)[number]) => number) => cores.reduce((total, times) => total + of(times), 0);
  return {
    idle: sum(({ idle }) => idle),
    all: sum(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq),
  };
}

/** Share of the machine that the browser, the page's server and all else took: a frame is late when there is no core for it. */
const busyShare = (from: CoreTimes, to: CoreTimes): number => 1 - (to.idle - from.idle) / (to.all - from.all);

const recorded = (panel: Frame): Promise<number> =>
  panel.evaluate('transportLensRecorder.log.history.messages.next') as Promise<number>;

/** Until so many are recorded, and the newest of them is the last row on screen. A page hears its sockets in an order of its own. */
async function untilShown(panel: Frame, messages: number): Promise<number> {
  const begun = performance.now();
  await panel.waitForFunction(
    (wanted) => {
      const { messages } = (window as unknown as { transportLensRecorder: Recorder }).transportLensRecorder.log.history;
      if (messages.next < wanted) return false;
      const count = document.querySelector('.rows')!.ariaRowCount;
      const last = document.querySelector(`.rows__body .row[aria-rowindex="${count}"] .row__preview`);
      return last?.textContent === messages.get(messages.next - 1)!.content;
    },
    { polling: 'raf', timeout: 30_000 },
    messages,
  );
  return performance.now() - begun;
}
