import type { NetworkEntry } from './model.ts';
import { recogniseByHint } from './protocols/protocols.ts';
import { unwrapScript } from './protocols/wire/jsonp.ts';

/** The parameter in which a page names the function that the answer is to call. */
const CALLBACK = /[?&](?:(?:json_?p?_?)?(?:callback|cb)|jsonp)=[A-Za-z_$]/i;

/** Whether a script is the answer to a question (JSONP) rather than a part of the page: it is told which function to call. */
export function isScriptCall(url: string): boolean {
  if (CALLBACK.test(url)) return true;
  const hint = { url, method: 'GET', subprotocol: '', contentType: null, eventName: null };
  return recogniseByHint(hint)?.side?.(hint) === 'downlink';
}

/** What an answer says: of a script that calls a function, what it hands over; null while the body is unknown. */
export const contentOf = (entry: Pick<NetworkEntry, 'resourceType' | 'body'> | null): string | null =>
  entry?.resourceType === 'script' && entry.body !== null ? unwrapScript(entry.body) : (entry?.body ?? null);
