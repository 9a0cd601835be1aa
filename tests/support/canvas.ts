import type { Frame, Page } from 'puppeteer-core';

/** Where a canvas stands in the page, in CSS pixels. */
export async function canvasBox(
  page: Page,
  selector: string,
): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await (await page.$(selector))?.boundingBox();
  if (!box) throw new Error(`${selector} is not on the screen.`);
  return box;
}

/** The colour at a point of a canvas (CSS pixels), as `r,g,b`. */
export const colourAt = (frame: Page | Frame, selector: string, x: number, y: number): Promise<string> =>
  frame.$eval(
    selector,
    (element, x, y) => {
      const canvas = element as HTMLCanvasElement;
      const ratio = canvas.width / canvas.clientWidth;
      const { data } = canvas.getContext('2d')!.getImageData(Math.round(x * ratio), Math.round(y * ratio), 1, 1);
      return [...data.slice(0, 3)].join();
    },
    x,
    y,
  );

/** How many pixels of part of a canvas (CSS pixels) have a colour, but for what smoothing does to edges. */
export const countColour = (
  frame: Page | Frame,
  selector: string,
  colour: string,
  { top, bottom, left, right }: { top: number; bottom: number; left?: number; right?: number },
): Promise<number> =>
  frame.$eval(
    selector,
    (element, colour, top, bottom, left, right) => {
      const canvas = element as HTMLCanvasElement;
      const ratio = canvas.width / canvas.clientWidth;
      const ctx = canvas.getContext('2d')!;
      const probe = new OffscreenCanvas(1, 1).getContext('2d')!;
      probe.fillStyle = colour;
      probe.fillRect(0, 0, 1, 1);
      const sought = probe.getImageData(0, 0, 1, 1).data;
      const width = (right === null ? canvas.clientWidth : right) - left;
      const { data } = ctx.getImageData(left * ratio, top * ratio, width * ratio, (bottom - top) * ratio);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        if ([0, 1, 2].every((part) => Math.abs(data[i + part]! - sought[part]!) < 12)) count++;
      }
      return count;
    },
    colour,
    top,
    bottom,
    left ?? 0,
    right ?? null,
  );
