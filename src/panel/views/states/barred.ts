import browser from 'webextension-polyfill';
import type { Access } from '../../access.ts';
import type { MessageKey } from '../../words/t.ts';

/** Why a page cannot be watched, and what to do about it. */
export interface Barred {
  title: MessageKey;
  text: MessageKey;
  action?: { label: MessageKey; run: () => void };
}

export const reload = { label: 'empty_reload', run: () => void browser.devtools.inspectedWindow.reload() } as const;

export const BARRED: Record<Exclude<Access, 'ok'>, Barred> = {
  restricted: { title: 'restricted_title', text: 'restricted_text' },
  'no-permission': { title: 'noPermission_title', text: 'noPermission_text', action: reload },
  'hooks-missing': { title: 'hooksMissing_title', text: 'hooksMissing_text', action: reload },
  updated: { title: 'updated_title', text: 'updated_text' },
};
