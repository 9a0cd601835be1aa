import type { CDPSession, Page } from 'puppeteer-core';

/** The driver listens to every message of the network, which takes longer than all that a page does with them: it shall not. */
export async function withoutNetworkEvents(page: Page): Promise<void> {
  await (page as unknown as { _client(): CDPSession })._client().send('Network.disable');
}
