import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll } from 'vitest';
import { createTestServer, type TestServer, type TestServerOptions } from '../../test-server/server.ts';
import { launchBrowser } from './browser.ts';

/** A real browser and a server of its own for one test file; both end with it. */
export function useBrowserAndServer(options: TestServerOptions = {}) {
  const held = {} as { browser: Browser; server: TestServer };
  beforeAll(async () => {
    [held.browser, held.server] = await Promise.all([launchBrowser(), createTestServer(options)]);
  }, 45_000);
  afterAll(async () => {
    await held.browser?.close();
    await held.server?.close();
  });
  return {
    get server(): TestServer {
      return held.server;
    },
    /** A page of the server's origin without scripts of its own. */
    async openPage(origin: string = held.server.url): Promise<Page> {
      const page = await held.browser.newPage();
      await page.goto(`${origin}/assets/lab.css`);
      return page;
    },
  };
}
