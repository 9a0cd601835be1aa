import { signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import type { Recorder } from './source/recorder.ts';

/**
 * Whether the page can be watched. `restricted`: a page of the browser's own, or one it keeps extensions from; `no-permission`: the
 * user keeps the extension from this site; `hooks-missing`: the page was there before the extension, or before its update;
 * `updated`: the extension was replaced under this panel, which can do nothing any more.
 */
export type Access = 'ok' | 'restricted' | 'no-permission' | 'hooks-missing' | 'updated';
export const access = signal<Access>('ok');

/** A page that is just loading says hello within this time. */
const GRACE_MS = 1500;
/** A document says hello about when DevTools tells of its navigation, now before it, now after. */
const ABOUT_MS = 1000;
/** Nothing tells a panel that its extension was replaced; it has to look. */
const UPDATE_CHECK_MS = 3000;

/** Watches over the inspected page from now on. Returns how to stop. */
export function watchAccess(recorder: Recorder): () => void {
  /** When each top document was first seen, and since when such a one counts. */
  const seenAt = new Map<string, number>();
  let since = -Infinity;
  let timer = 0;

  const isWatched = (): boolean => {
    for (const { key, frameId } of recorder.log.documents.values()) {
      if (frameId !== 0) continue;
      const at = seenAt.get(key) ?? performance.now();
      seenAt.set(key, at);
      if (at >= since) return true;
    }
    return false;
  };
  const lookSoon = () => {
    clearTimeout(timer);
    timer = window.setTimeout(async () => {
      const found = isWatched() ? 'ok' : await findOut();
      access.value = isWatched() && found !== 'updated' ? 'ok' : found;
    }, GRACE_MS);
  };
  const onNavigated = () => {
    since = performance.now() - ABOUT_MS;
    lookSoon();
  };

  const stopFollowing = recorder.subscribe(() => {
    if (isWatched() && access.peek() !== 'updated') access.value = 'ok';
  });
  const checking = setInterval(() => {
    if (!isContextAlive()) access.value = 'updated';
  }, UPDATE_CHECK_MS);
  browser.devtools.network.onNavigated.addListener(onNavigated);
  lookSoon();
  return () => {
    stopFollowing();
    clearTimeout(timer);
    clearInterval(checking);
    browser.devtools.network.onNavigated.removeListener(onNavigated);
  };
}

async function findOut(): Promise<Access> {
  if (!isContextAlive()) return 'updated';
  const url = await inspectedUrl();
  if (url === null || !/^(https?|file):/.test(url)) return 'restricted';
  const origins = [url.startsWith('file:') ? 'file:///*' : `${new URL(url).origin}/*`];
  return (await browser.permissions.contains({ origins }).catch(() => true)) ? 'hooks-missing' : 'no-permission';
}

/** Null where the browser does not let extensions ask. By callback, because Chromium's own `browser.devtools` knows no promises. */
const inspectedUrl = (): Promise<string | null> =>
  new Promise((resolve) => {
    chrome.devtools.inspectedWindow.eval('location.href', (url: unknown, error) => {
      resolve(error === undefined && typeof url === 'string' ? url : null);
    });
  });

function isContextAlive(): boolean {
  try {
    return browser.runtime.id !== undefined;
  } catch {
    return false;
  }
}
