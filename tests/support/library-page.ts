import type { Page } from 'puppeteer-core';
import { bundle } from './bundle.ts';
import type { Side } from './side-by-side.ts';

const bundles = new Map<string, Promise<string>>();

/** Loads a page whose first script is `source`, a module with its libraries bundled in; it leaves what it offers on `window`. */
export async function openWithLibrary({ page, server }: Side, source: string): Promise<Page> {
  if (!bundles.has(source)) bundles.set(source, bundle(source));
  server.serve('/library.js', 'text/javascript', await bundles.get(source)!);
  await page.goto(`${server.url}/html?page&body=${encodeURIComponent('<script src=/library.js></script>')}`);
  return page;
}
