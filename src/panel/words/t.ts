import browser from 'webextension-polyfill';
import type messages from '../../../public/_locales/en/messages.json';

export type MessageKey = keyof typeof messages;

/** The panel's text in the browser's language. `$1`… in the message stand for `parts`. */
export function t(key: MessageKey, ...parts: (string | number)[]): string {
  return browser.i18n.getMessage(key, parts.map(String));
}

/** The language in which numbers and times are written: that of the texts, which need not be the browser's. */
export const language = (): string => t('languageTag');
