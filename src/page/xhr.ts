import {
  argument,
  createWeakMap,
  eventLoaded,
  getterOf,
  now,
  observeEvent,
  substring,
  uncurryThis,
} from './natives.ts';
import type { Outbox } from './outbox.ts';
import { type Observe, observeMethod, quietly, run } from './patch.ts';
import { sizeOf } from './payload.ts';
import { clipped, requestText, writtenUrl } from './request.ts';
import { stackFor } from './stack.ts';
import { createAllowance, isText } from './text-stream.ts';

/** One `open`; `id` is 0 unless it was sent and is not over. */
interface Sending {
  id: number;
  method: string;
  url: string | null;
  hasHead: boolean;
  aborted: boolean;
  loaded: number;
  /** How much of it may travel as text now; null for what is no text. */
  allowance: ((bytes: number, at: number) => boolean) | null;
  /** Characters that were looked at. */
  chars: number;
}

const readyState = getterOf(XMLHttpRequest.prototype, 'readyState');
const status = getterOf(XMLHttpRequest.prototype, 'status');
const responseUrl = getterOf(XMLHttpRequest.prototype, 'responseURL');
const responseType = getterOf(XMLHttpRequest.prototype, 'responseType');
const responseText = getterOf(XMLHttpRequest.prototype, 'responseText');
const getResponseHeader = uncurryThis(XMLHttpRequest.prototype.getResponseHeader);
const OPENED = 1;
const HEADERS_RECEIVED = 2;
/** The browser copies a growing text whenever it is looked at: one that is longer than this is left alone. */
const MAX_TEXT_CHARS = 4_000_000;

/**
 * Observes XMLHttpRequest through `open`, `send` and its own events; the constructor stays untouched, and so does
 * `xhr.upload` (a listener there would force a CORS preflight). Sizes come from `event.loaded`; the text is looked at only as it
 * grows, only while the recorder listens, and only where the browser keeps it as text anyway.
 */
export function hookXhr(outbox: Outbox): void {
  const known = createWeakMap<XMLHttpRequest, Sending>();

  function head(xhr: XMLHttpRequest, sending: Sending): void {
    const code = status(xhr);
    if (sending.hasHead || code === 0) return;
    sending.hasHead = true;
    const contentType = getResponseHeader(xhr, 'content-type');
    if (isText(contentType)) sending.allowance = createAllowance();
    outbox.emit(['response', sending.id, now(), code, clipped(responseUrl(xhr)), contentType]);
  }

  function end(sending: Sending, outcome: 'done' | 'error' | 'aborted', bodyBytes: number | null): void {
    if (sending.id === 0) return;
    outbox.emit(['end', sending.id, now(), outcome, bodyBytes]);
    sending.id = 0;
  }

  function grow(xhr: XMLHttpRequest, sending: Sending, loaded: number): void {
    const bytes = loaded - sending.loaded;
    if (bytes <= 0) return;
    sending.loaded = loaded;
    const at = now();
    outbox.emit(['chunk', sending.id, at, bytes, newText(xhr, sending, bytes, at), null]);
  }

  function newText(xhr: XMLHttpRequest, sending: Sending, bytes: number, at: number): string | null {
    if (outbox.wanted === null || sending.allowance === null) return null;
    const type = responseType(xhr);
    if (type !== '' && type !== 'text') return null;
    const text = responseText(xhr);
    const from = sending.chars;
    sending.chars = text.length;
    if (text.length > MAX_TEXT_CHARS || !sending.allowance(bytes, at)) return null;
    return substring(text, from);
  }

  function follow(xhr: XMLHttpRequest): void {
    const on = (type: string, seen: (sending: Sending, event: Event) => void) =>
      observeEvent(xhr, type, (event) => {
        const sending = known.get(xhr);
        if (sending !== undefined && sending.id !== 0) seen(sending, event);
      });
    on('readystatechange', (sending) => {
      if (readyState(xhr) === HEADERS_RECEIVED) head(xhr, sending);
    });
    // How a comet page reads: the response grows while it is open.
    on('progress', (sending, event) => grow(xhr, sending, eventLoaded(event as ProgressEvent)));
    on('abort', (sending) => {
      sending.aborted = true;
    });
    on('loadend', (sending, event) => {
      head(xhr, sending);
      const isDone = sending.hasHead && status(xhr) !== 0;
      // A broken response loads 0 bytes; what came before is in its chunks.
      if (isDone) end(sending, 'done', eventLoaded(event as ProgressEvent));
      else end(sending, sending.aborted ? 'aborted' : 'error', null);
    });
  }

  observeMethod(XMLHttpRequest.prototype, 'open', (native, self, args) => {
    const result = run(native, self, args);
    quietly(() => {
      const xhr = self as XMLHttpRequest;
      const method = argument(args, 0);
      const before = known.get(xhr);
      // Opening it again ends what is under way, without any event.
      if (before !== undefined) end(before, 'aborted', null);
      known.set(xhr, {
        id: 0,
        method: typeof method === 'string' ? method : '',
        url: writtenUrl(argument(args, 1)),
        hasHead: false,
        aborted: false,
        loaded: 0,
        allowance: null,
        chars: 0,
      });
      if (before === undefined) follow(xhr);
    });
    return result;
  });

  const send: Observe = (native, self, args) => {
    const sending = known.get(self);
    if (sending === undefined || sending.id !== 0 || readyState(self as XMLHttpRequest) !== OPENED)
      return run(native, self, args);
    quietly(() => {
      sending.id = outbox.nextId();
      const { id, method, url } = sending;
      const body = argument(args, 0);
      const stack = stackFor(outbox, send);
      // Before the call: a synchronous request is over when it returns.
      outbox.emit(['request', id, now(), 'xhr', method, url, sizeOf(body), requestText(body), stack]);
    });
    try {
      return run(native, self, args);
    } catch (error) {
      // A synchronous request that fails throws, without any event.
      quietly(() => end(sending, 'error', null));
      throw error;
    }
  };
  observeMethod(XMLHttpRequest.prototype, 'send', send);
}
