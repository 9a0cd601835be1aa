import { signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import type { Store } from './store.ts';

/**
 * Whether the page can be watched. `restricted`: a page of the browser's own, or one it keeps extensions from; `no-permission`: the
 * user keeps the extension from this site; `hooks-missing`: the page was there before the extension; `updated`: the extension was
 * replaced under this panel, which can do nothing any more.
 */
export type Access = 'ok' | 'restricted' | 'no-permission' | 'hooks-missing' | 'updated';
export const access = signal<Access>('ok');

/** A page that is just loading says hello within this time. */
const GRACE_MS = 1500;
/** Nothing tells a panel that its extension was replaced; it has to look. */
const UPDATE_CHECK_MS = 3000;

/** Watches over the inspected page from now on. Returns how to stop. */
export function watchAccess(store: Store): () => void {
  let timer = 0;
  const lookSoon = () => {
    clearTimeout(timer);
    timer = window.setTimeout(async () => {
      if (access.peek() !== 'updated') access.value = hasTop(store) ? 'ok' : await findOut(store);
    }, GRACE_MS);
  };
  const stopFollowing = store.version.subscribe(() => {
    if (access.peek() !== 'updated' && hasTop(store)) access.value = 'ok';
    else lookSoon();
  });
  const checking = setInterval(() => {
    if (!isContextAlive()) access.value = 'updated';
  }, UPDATE_CHECK_MS);
  browser.devtools.network.onNavigated.addListener(lookSoon);
  return () => {
    stopFollowing();
    clearTimeout(timer);
    clearInterval(checking);
    browser.devtools.network.onNavigated.removeListener(lookSoon);
  };
}

/** The top document said hello. */
function hasTop({ recorder }: Store): boolean {
  for (const { frameId } of recorder?.log.documents.values() ?? []) if (frameId === 0) return true;
  return false;
}

async function findOut(store: Store): Promise<Access> {
  if (!isContextAlive()) return 'updated';
  const url = await inspectedUrl();
  if (url === null || !/^(https?|file):/.test(url)) return 'restricted';
  const origins = [url.startsWith('file:') ? 'file:///*' : `${new URL(url).origin}/*`];
  if (!(await browser.permissions.contains({ origins }).catch(() => true))) return 'no-permission';
  return hasTop(store) ? 'ok' : 'hooks-missing';
}

/** Null where the browser does not let extensions ask. */
async function inspectedUrl(): Promise<string | null> {
  try {
    const [url, error] = await browser.devtools.inspectedWindow.eval('location.href');
    return error === undefined && typeof url === 'string' ? url : null;
  } catch {
    return null;
  }
}

function isContextAlive(): boolean {
  try {
    return browser.runtime.id !== undefined;
  } catch {
    return false;
  }
}
