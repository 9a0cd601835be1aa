import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Frame, Page } from 'puppeteer-core';
import { EXTENSION_ID } from './extension-id.ts';
import { waitFor } from './wait-for.ts';

/** A file with this text in a folder of its own. */
export function fileWith(text: string, name = 'sample.json'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'transport-lens-')), name);
  writeFileSync(path, text);
  return path;
}

/** Tabs of those who left: to load the page anew in one takes half as long as a tab of its own. */
const idle = new WeakMap<Browser, Page[]>();

/** The extension's page for opened files, freshly loaded in a tab that nobody else uses. */
export async function openViewer(browser: Browser): Promise<Page> {
  const page = idle.get(browser)?.pop() ?? (await browser.newPage());
  // In a tab behind another nothing is drawn.
  await page.bringToFront();
  await page.setViewport({ width: 1280, height: 720 });
  // The browser answers before it has taken the extension in.
  await waitFor(() => page.goto(`chrome-extension://${EXTENSION_ID}/src/panel/viewer.html`).catch(() => null));
  await page.waitForSelector('[data-ready]');
  return page;
}

/** Opens a file by the button of the toolbar, in the viewer or in a panel, and waits until it is shown or refused. */
export async function openFile(frame: Page | Frame, path: string): Promise<void> {
  const input = await frame.waitForSelector('.toolbar__file');
  await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(path);
  await frame.waitForSelector('[data-notice="opened"], [data-notice="import-failed"]');
}

/** The viewer with a file in it. */
export async function viewerWith(browser: Browser, text: string, name?: string): Promise<Page> {
  const page = await openViewer(browser);
  await openFile(page, fileWith(text, name));
  return page;
}

/** Done with a page of the extension: settings, looks and pointer are as they were at first. */
export async function leave(page: Page): Promise<void> {
  await page.evaluate(() => chrome.storage.local.clear());
  await page.emulateMediaFeatures([]);
  await page.mouse.reset();
  const browser = page.browser();
  idle.set(browser, [...(idle.get(browser) ?? []), page]);
}

/** The text of an element, as soon as there is one: what was just clicked may take a frame to show it. */
export async function textOf(frame: Page | Frame, selector: string): Promise<string> {
  await frame.waitForSelector(selector);
  return frame.$eval(selector, (element) => element.textContent ?? '');
}

export const textsOf = (frame: Page | Frame, selector: string): Promise<string[]> =>
  frame.$$eval(selector, (elements) => elements.map((element) => element.textContent ?? ''));
