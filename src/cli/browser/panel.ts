import type { Frame, Page } from 'puppeteer-core';
import { inDevTools } from './devtools-ui.ts';

/** Title under which the extension adds its panel to DevTools. */
const TITLE = 'Transport Lens';
/** DevTools names a panel's view after the extension and the title, without its spaces. */
const VIEW_SUFFIX = TITLE.replaceAll(' ', '');
/** A cold DevTools on a busy machine needs its time. */
const PATIENCE_MS = 45_000;

/** The open panel of a page: the DevTools page around it, and the panel's own frame. */
export interface OpenPanel {
  devtools: Page;
  frame: Frame;
}

/** Opens DevTools for a page and shows the Transport Lens panel in it. Rejects when it does not appear. */
export async function openPanel(page: Page): Promise<OpenPanel> {
  const devtools = await page.openDevTools();
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const shown = await showView(devtools).catch(() => false);
    const frame = devtools.frames().find((candidate) => candidate.url().endsWith('/panel.html'));
    if (shown && frame !== undefined) {
      await frame.waitForSelector('[data-ready]', { timeout: PATIENCE_MS });
      return { devtools, frame };
    }
    if (Date.now() > deadline) throw new Error('DevTools opened, but the Transport Lens panel did not appear in it.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Whether the view existed; DevTools adds it once the extension's devtools page has run. */
async function showView(devtools: Page): Promise<boolean> {
  return inDevTools<boolean>(
    devtools,
    `(async () => {
      const views = legacy.ViewManager.ViewManager.instance();
      const id = [...views.views.keys()].find((view) => view.startsWith('chrome-extension://') && view.endsWith('${VIEW_SUFFIX}'));
      if (id !== undefined) await views.showView(id);
      return id !== undefined;
    })()`,
  );
}
