import type { NetworkEntry } from '../../core/model.ts';
import { isScriptCall } from '../../core/script-call.ts';

/** Larger bodies are not compared with the one before. */
const MAX_BODY_BYTES = 1_000_000;
const TEXT = /^(text\/|application\/(.*\+)?(json|vnd.apple.mpegurl|xml|javascript|x-ndjson|x-www-form-urlencoded))/;
/** What the page loads to be itself is not compared; of an event stream every message is seen. */
const BODILESS = new Set(['eventsource', 'stylesheet', 'image', 'font', 'manifest']);

/** Whether the body of a response is worth asking for, so that it can be compared with the one before. */
export const isComparable = ({ url, contentType, contentBytes, status, resourceType }: NetworkEntry): boolean =>
  TEXT.test(contentType ?? '') &&
  (contentBytes ?? 0) <= MAX_BODY_BYTES &&
  status !== 304 &&
  !BODILESS.has(resourceType) &&
  (resourceType !== 'script' || isScriptCall(url));
