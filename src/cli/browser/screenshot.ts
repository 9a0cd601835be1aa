import { inDevTools } from './devtools-ui.ts';
import type { OpenPanel } from './panel.ts';

/** DevTools as a window of its own with the panel in it, as PNG bytes. `dark` also tells DevTools to be dark. */
export async function screenshotPanel(
  { devtools, frame }: OpenPanel,
  width: number,
  height: number,
): Promise<Uint8Array> {
  await inDevTools(devtools, `legacy.DockController.DockController.instance().setDockSide('undocked')`);
  await devtools.setViewport({ width, height });
  await frame.waitForFunction((expected) => innerWidth <= expected, {}, width);
  // Two frames: one to lay out in the new size, one to paint.
  await frame.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return devtools.screenshot();
}
