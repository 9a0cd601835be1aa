import type { Page } from 'puppeteer-core';

/**
 * Runs an expression in the DevTools page, where `legacy` is the module of DevTools' own user interface.
 * There is no public call that selects a panel or moves DevTools. Text, not a function: test runners rewrite dynamic imports.
 */
export function inDevTools<T>(devtools: Page, expression: string): Promise<T> {
  return devtools.evaluate(`import('./ui/legacy/legacy.js').then((legacy) => ${expression})`) as Promise<T>;
}
