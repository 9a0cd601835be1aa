import { readFile } from 'node:fs/promises';
import { en } from '../text/en.ts';
import { ko } from '../text/ko.ts';
import type { Context } from './context.ts';

const TEXTS = { en, ko } as const;
export type Language = keyof typeof TEXTS;

/** `?lang=` when it names a language there is, else the browser's preference between them, else English. */
export function languageOf({ params, request }: Pick<Context, 'params' | 'request'>): Language {
  const asked = params.get('lang');
  if (asked === 'en' || asked === 'ko') return asked;
  const preferred = (request.headers['accept-language'] ?? '').toLowerCase().match(/\b(en|ko)\b/);
  return preferred?.[1] === 'ko' ? 'ko' : 'en';
}

const fileText = (path: string): Promise<string | null> =>
  readFile(new URL(`../pages/${path}`, import.meta.url), 'utf8').catch(() => null);

export const styleSheet = (name: string): Promise<string | null> => fileText(`${name}.css`);

/**
 * A page in a language: `{{name}}` in `pages/layout.html` and `pages/{name}.html` becomes the text or value of that name.
 * @throws Error when a page or a name is missing, which is a mistake of this program.
 */
export async function renderPage(name: string, language: Language, values: Record<string, string>): Promise<string> {
  const [layout, page] = await Promise.all([fileText('layout.html'), fileText(`${name}.html`)]);
  if (layout === null || page === null) throw new Error(`pages/${name}.html is missing`);
  const known: Record<string, string> = { ...TEXTS[language], ...values, page: name };
  const fill = (html: string): string =>
    html.replace(/\{\{(\w+)\}\}/g, (_, key: string) => {
      const text = known[key];
      if (text === undefined) throw new Error(`pages/${name}.html uses {{${key}}}, which nothing defines`);
      return text;
    });
  return fill(layout.replace('lang="en"', `lang="${language}"`).replace('{{content}}', () => page));
}
