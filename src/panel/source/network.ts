import browser from 'webextension-polyfill';
import { fromHarEntry, type HarEntry } from '../../core/har-entry.ts';
import type { NetworkEntry } from '../../core/model.ts';

type FinishedRequest = Parameters<Parameters<typeof browser.devtools.network.onRequestFinished.addListener>[0]>[0];

/** Kinds of request that can carry news; pictures, scripts and styles are not looked at. */
const TYPES = new Set(['fetch', 'xhr', 'websocket', 'eventsource', 'ping', 'document', 'webtransport', 'other']);
/** Larger bodies are not compared with the one before. */
const MAX_BODY_BYTES = 1_000_000;
const TEXT = /^(text\/|application\/(.*\+)?(json|xml|javascript|x-ndjson|x-www-form-urlencoded))/;
const EVENT_STREAM = 'text/event-stream';

/** Hands on what devtools.network reports of the tab's requests, with the body where it can be compared. Returns a function that stops it. */
export function watchNetwork(onEntry: (entry: NetworkEntry) => void): () => void {
  const onRequestFinished = async (request: FinishedRequest) => {
    const har = request as unknown as HarEntry;
    if (!TYPES.has(har._resourceType ?? 'other')) return;
    const entry = fromHarEntry(har);
    // A page that was merely opened is no way to get news; one that was posted for is, and so is one that never ends.
    if (entry.resourceType === 'document' && entry.method === 'GET' && entry.receiveMs < FOREVER_MS) return;
    const wanted =
      TEXT.test(entry.contentType ?? '') && (entry.contentBytes ?? 0) <= MAX_BODY_BYTES && entry.status !== 304;
    if (wanted && entry.resourceType !== 'eventsource') entry.body = await bodyOf(request);
    onEntry(entry);
  };
  browser.devtools.network.onRequestFinished.addListener(onRequestFinished);
  return () => browser.devtools.network.onRequestFinished.removeListener(onRequestFinished);
}

/** A document that comes in pieces for this long is a "forever frame". */
const FOREVER_MS = 2000;

/**
 * What the network log knows of event streams that are still open: their heads. Costs up to seconds when there are many requests.
 */
export async function openStreams(): Promise<NetworkEntry[]> {
  const { entries } = (await browser.devtools.network.getHAR()) as unknown as { entries: HarEntry[] };
  return entries
    .filter((har) => har._resourceType === 'eventsource' || har.response.content.mimeType === EVENT_STREAM)
    .map(fromHarEntry);
}

/** Null when the browser has no text for it any more. */
async function bodyOf(request: FinishedRequest): Promise<string | null> {
  try {
    // Chromium resolves with an object, Firefox (and the polyfill's types) with a pair.
    const answer: unknown = await request.getContent();
    const { content, encoding } = Array.isArray(answer)
      ? { content: answer[0], encoding: answer[1] }
      : (answer as { content: unknown; encoding: unknown });
    return encoding === 'base64' || typeof content !== 'string' ? null : content;
  } catch {
    return null;
  }
}
