import { signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import type english from '../../../public/_locales/en/messages.json';

export type MessageKey = keyof typeof english;
type Messages = Record<MessageKey, { message: string }>;

/** Each language is a chunk of its own: only the chosen one is read. `browser.i18n` alone could not switch. */
const LOADERS = {
  en: () => import('../../../public/_locales/en/messages.json'),
  ko: () => import('../../../public/_locales/ko/messages.json'),
} satisfies Record<string, () => Promise<{ default: Messages }>>;

export type Language = keyof typeof LOADERS;
export const LANGUAGES = Object.keys(LOADERS) as Language[];

const messages = signal<Messages | null>(null);

/** Loads a language and shows it; `auto` is the one that the browser picks for extensions. */
export async function speak(wanted: Language | 'auto'): Promise<void> {
  const tag = wanted === 'auto' ? browser.i18n.getMessage('languageTag' satisfies MessageKey) : wanted;
  const load = LOADERS[tag as Language] ?? LOADERS.en;
  messages.value = (await load()).default;
  document.documentElement.lang = language();
}

/** The panel's text in the chosen language. `$1`… in the message stand for `parts`. Empty until a language is loaded. */
export function t(key: MessageKey, ...parts: (string | number)[]): string {
  const text = messages.value?.[key].message ?? '';
  return parts.length === 0 ? text : text.replace(/\$(\d)/g, (_, n) => String(parts[Number(n) - 1] ?? ''));
}

/** The language in which numbers and times are written: that of the texts, which need not be the browser's. */
export const language = (): string => t('languageTag') || 'en';

const rules = new Map<string, Intl.PluralRules>();

/** The form of a text that goes with `n`. A language without a singular (Korean) has the same text under both keys. */
export function plural(
  n: number,
  forms: { one: MessageKey; other: MessageKey },
  ...parts: (string | number)[]
): string {
  const tag = language();
  const rule = rules.get(tag) ?? new Intl.PluralRules(tag);
  rules.set(tag, rule);
  return t(rule.select(n) === 'one' ? forms.one : forms.other, ...parts);
}
