import { inDevTools } from './devtools-ui.ts';
import type { OpenPanel } from './panel.ts';

/** Makes DevTools a window of its own of this size. */
export async function sizePanel({ devtools, frame }: OpenPanel, width: number, height: number): Promise<void> {
  await inDevTools(devtools, `legacy.DockController.DockController.instance().setDockSide('undocked')`);
  await devtools.setViewport({ width, height });
  await frame.waitForFunction((expected) => innerWidth <= expected, {}, width);
  // Two frames: one to lay out in the new size, one to paint.
  await frame.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** DevTools as a window of its own with the panel in it, as PNG bytes. */
export async function screenshotPanel(panel: OpenPanel, width: number, height: number): Promise<Uint8Array> {
  await sizePanel(panel, width, height);
  return panel.devtools.screenshot();
}
