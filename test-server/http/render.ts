import { readFile } from 'node:fs/promises';
import { en, type Texts } from '../text/en.ts';
import { ko } from '../text/ko.ts';
import type { Context } from './context.ts';

export type Language = 'en' | 'ko';
export const TEXTS: Record<Language, Texts> = { en, ko };

/** HttpOnly: header bytes that scripts on the page cannot see, as on most real sites. */
const SESSION_COOKIE = 'lens_session=3f9a1c77d2; Path=/; HttpOnly';

/** `?lang=`, else what was chosen before, else the browser's preference between the languages there are, else English. */
export function languageOf({ params, request }: Pick<Context, 'params' | 'request'>): Language {
  const { cookie = '', 'accept-language': accepted = '' } = request.headers;
  const wishes = [params.get('lang'), /lens_lang=(\w+)/.exec(cookie)?.[1], /\b(en|ko)\b/i.exec(accepted)?.[1]];
  return wishes.find((wish): wish is Language => wish === 'en' || wish === 'ko') ?? 'en';
}

const fileText = (path: string): Promise<string | null> =>
  readFile(new URL(`../pages/${path}`, import.meta.url), 'utf8').catch(() => null);

export const styleSheet = (name: string): Promise<string | null> => fileText(`${name}.css`);

/**
 * Sends a page in the client's language: `{{name}}` in `pages/layout.html` and `pages/{name}.html` becomes the text or
 * value of that name; values are HTML.
 * @throws Error when a page or a name is missing, which is a mistake of this program.
 */
export async function sendPage(context: Context, name: string, values: Record<string, string>): Promise<void> {
  const { params, path, reply } = context;
  const language = languageOf(context);
  const other = new URLSearchParams(params);
  other.set('lang', language === 'en' ? 'ko' : 'en');
  const otherLanguageHref = `${path}?${other}`.replaceAll('&', '&amp;');
  const filled = await fillPage(name, language, { ...TEXTS[language], ...values, otherLanguageHref });
  const html = filled.replace(`href="${path}" data-nav`, `href="${path}" aria-current="page" data-nav`);
  const cookies = [SESSION_COOKIE, ...(params.has('lang') ? [`lens_lang=${language}; Path=/; SameSite=Lax`] : [])];
  reply.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': Buffer.byteLength(html),
    'Cache-Control': 'no-store',
    'Set-Cookie': cookies,
  });
  reply.end(html);
}

async function fillPage(name: string, language: Language, values: Record<string, string>): Promise<string> {
  const [layout, page] = await Promise.all([fileText('layout.html'), fileText(`${name}.html`)]);
  if (layout === null || page === null) throw new Error(`pages/${name}.html is missing`);
  return layout
    .replace('lang="en"', `lang="${language}"`)
    .replace('{{content}}', () => page)
    .replace(/\{\{(\w+)\}\}/g, (_, key: string) => {
      const text = values[key];
      if (text === undefined) throw new Error(`pages/${name}.html uses {{${key}}}, which nothing defines`);
      return text;
    });
}
