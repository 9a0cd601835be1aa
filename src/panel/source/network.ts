import browser from 'webextension-polyfill';
import { fromHarEntry, type HarEntry } from '../../core/har-entry.ts';
import type { NetworkEntry } from '../../core/model.ts';
import { base64, utf8 } from '../../core/protocols/wire/bytes.ts';
import { isComparable } from './comparable.ts';

type FinishedRequest = Parameters<Parameters<typeof browser.devtools.network.onRequestFinished.addListener>[0]>[0];

/** Hands on what devtools.network reports of the tab's requests, with the body where it can be compared. Returns a function that stops it. */
export function watchNetwork(onEntry: (entry: NetworkEntry) => void): () => void {
  const onRequestFinished = async (request: FinishedRequest) => {
    const har = request as unknown as HarEntry;
    const entry = fromHarEntry(har);
    if (isComparable(entry)) entry.body = await bodyOf(request);
    // Nobody read it, and it is not kept.
    if (entry.body === '' && (entry.contentBytes ?? 0) > 0) entry.body = null;
    onEntry(entry);
  };
  browser.devtools.network.onRequestFinished.addListener(onRequestFinished);
  return () => browser.devtools.network.onRequestFinished.removeListener(onRequestFinished);
}

/** All that the network log knows, what is still under way included. Costs up to seconds when there are many requests. */
export async function networkLog(): Promise<HarEntry[]> {
  const { entries } = (await browser.devtools.network.getHAR()) as unknown as { entries: HarEntry[] };
  return entries;
}

/** What it knows of requests it has not reported, because they are still open or the page never read their bodies: their heads. */
export const unreported = (entries: readonly HarEntry[], urls: ReadonlySet<string>): NetworkEntry[] =>
  entries.filter(({ request }) => urls.has(request.url.split('#', 1)[0]!)).map(fromHarEntry);

/** Null when the browser has nothing for it any more. Text that it took for binary comes encoded. */
async function bodyOf(request: FinishedRequest): Promise<string | null> {
  try {
    // Chromium resolves with an object, Firefox (and the polyfill's types) with a pair.
    const answer: unknown = await request.getContent();
    const { content, encoding } = Array.isArray(answer)
      ? { content: answer[0], encoding: answer[1] }
      : (answer as { content: unknown; encoding: unknown });
    if (typeof content !== 'string') return null;
    if (encoding !== 'base64') return content;
    const bytes = base64(content);
    return bytes === null ? null : utf8(bytes);
  } catch {
    return null;
  }
}
