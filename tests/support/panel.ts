import type { Browser, Frame, Page } from 'puppeteer-core';
import { type OpenPanel, openPanel } from '../../src/cli/browser/panel.ts';
import { createTestServer, type TestServer } from '../../test-server/server.ts';
import { startBrowser } from './browser.ts';
import { EXTENSION } from './built-extension.ts';

/** A page of the test server with DevTools open and the panel shown. */
export interface InspectedPage {
  server: TestServer;
  browser: Browser;
  page: Page;
  panel: Frame;
  opened: OpenPanel;
  close(): Promise<void>;
}

export async function inspect(path = '/'): Promise<InspectedPage> {
  const server = await createTestServer();
  const browser = await startBrowser(EXTENSION);
  const page = (await browser.pages())[0]!;
  await page.goto(server.url + path);
  const opened = await openPanel(page);
  const close = async () => {
    await browser.close();
    await server.close();
  };
  return { server, browser, page, panel: opened.frame, opened, close };
}
