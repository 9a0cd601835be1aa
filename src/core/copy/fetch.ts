import type { CopiedRequest } from './request.ts';

/** Headers that no script may set (https://fetch.spec.whatwg.org/#forbidden-request-header). */
const FORBIDDEN =
  /^(cookie|origin|referer|user-agent|date|dnt|expect|keep-alive|te|trailer|upgrade|via|accept-charset|access-control-request-.*|sec-.*|proxy-.*)$/i;

/** The request as a call of `fetch` for a page's console: with the cookies of whoever makes it. */
export function asFetch({ method, url, headers, body }: CopiedRequest): string {
  const own = headers.filter(([name]) => !FORBIDDEN.test(name));
  const options = {
    ...(method === 'GET' ? {} : { method }),
    ...(own.length === 0 ? {} : { headers: Object.fromEntries(own) }),
    ...(body === null ? {} : { body }),
    credentials: 'include',
  };
  return `fetch(${literal(url)}, ${literal(options)});`;
}

/** JSON that is JavaScript, too, and holds nothing that ends a script or a line. */
const literal = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(
    /[\u2028\u2029<]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
