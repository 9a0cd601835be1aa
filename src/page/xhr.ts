import { REQUEST_TEXT_CHARS } from '../protocol.ts';
import {
  argument,
  createWeakMap,
  eventLoaded,
  getterOf,
  now,
  observeEvent,
  sizeOf,
  textHead,
  uncurryThis,
  urlHref,
} from './natives.ts';
import type { Emit } from './outbox.ts';
import { observeMethod, quietly } from './patch.ts';

/** One `open`; `id` is 0 unless it was sent and is not over. */
interface Sending {
  id: number;
  method: string;
  url: string | null;
  hasHead: boolean;
  aborted: boolean;
  loaded: number;
}

const readyState = getterOf(XMLHttpRequest.prototype, 'readyState');
const status = getterOf(XMLHttpRequest.prototype, 'status');
const responseUrl = getterOf(XMLHttpRequest.prototype, 'responseURL');
const getResponseHeader = uncurryThis(XMLHttpRequest.prototype.getResponseHeader);
const OPENED = 1;
const HEADERS_RECEIVED = 2;

/**
 * Observes XMLHttpRequest through `open`, `send` and its own events; the constructor stays untouched, and so does
 * `xhr.upload` (a listener there would force a CORS preflight). The body is never read: sizes come from `event.loaded`.
 */
export function hookXhr(emit: Emit, nextId: () => number): void {
  const known = createWeakMap<XMLHttpRequest, Sending>();

  function head(xhr: XMLHttpRequest, sending: Sending): void {
    const code = status(xhr);
    if (sending.hasHead || code === 0) return;
    sending.hasHead = true;
    const contentType = getResponseHeader(xhr, 'content-type');
    emit({ kind: 'response', id: sending.id, at: now(), status: code, url: responseUrl(xhr), contentType });
  }

  function end(sending: Sending, outcome: 'done' | 'error' | 'aborted', bodyBytes: number | null): void {
    if (sending.id === 0) return;
    emit({ kind: 'end', id: sending.id, at: now(), outcome, bodyBytes });
    sending.id = 0;
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
    on('progress', (sending, event) => {
      const loaded = eventLoaded(event as ProgressEvent);
      if (loaded > sending.loaded) {
        emit({ kind: 'chunk', id: sending.id, at: now(), bytes: loaded - sending.loaded, text: null });
        sending.loaded = loaded;
      }
    });
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

  observeMethod(XMLHttpRequest.prototype, 'open', (self, args, invoke) => {
    const result = invoke();
    quietly(() => {
      const xhr = self as XMLHttpRequest;
      const method = argument(args, 0);
      const url = argument(args, 1);
      const before = known.get(xhr);
      // Opening it again ends what is under way, without any event.
      if (before !== undefined) end(before, 'aborted', null);
      known.set(xhr, {
        id: 0,
        method: typeof method === 'string' ? method : '',
        url: typeof url === 'string' ? url : urlHref(url),
        hasHead: false,
        aborted: false,
        loaded: 0,
      });
      if (before === undefined) follow(xhr);
    });
    return result;
  });

  observeMethod(XMLHttpRequest.prototype, 'send', (self, args, invoke) => {
    const sending = known.get(self);
    if (sending === undefined || sending.id !== 0 || readyState(self as XMLHttpRequest) !== OPENED) return invoke();
    quietly(() => {
      sending.id = nextId();
      const { id, method, url } = sending;
      const body = argument(args, 0);
      // Before the call: a synchronous request is over when it returns.
      emit({
        kind: 'request',
        id,
        at: now(),
        api: 'xhr',
        method,
        url,
        bodyBytes: sizeOf(body),
        bodyText: typeof body === 'string' ? textHead(body, REQUEST_TEXT_CHARS) : null,
        stack: null,
      });
    });
    try {
      return invoke();
    } catch (error) {
      // A synchronous request that fails throws, without any event.
      quietly(() => end(sending, 'error', null));
      throw error;
    }
  });
}
