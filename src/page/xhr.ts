import { createWeakMap, eventLoaded, getterOf, listen, now, sizeOf, uncurryThis, urlHref } from './natives.ts';
import type { Emit } from './outbox.ts';
import { observeMethod, quietly } from './patch.ts';

interface Sending {
  id: number;
  method: string;
  url: string | null;
  hasHead: boolean;
  aborted: boolean;
}

const readyState = getterOf(XMLHttpRequest.prototype, 'readyState');
const status = getterOf(XMLHttpRequest.prototype, 'status');
const responseUrl = getterOf(XMLHttpRequest.prototype, 'responseURL');
const getResponseHeader = uncurryThis(XMLHttpRequest.prototype.getResponseHeader);

/**
 * Observes XMLHttpRequest through `open`, `send` and its own events; the constructor stays untouched, and so does
 * `xhr.upload` (a listener there would force a CORS preflight). The body is never read: sizes come from `event.loaded`.
 */
export function hookXhr(emit: Emit, nextId: () => number): void {
  const known = createWeakMap<XMLHttpRequest, Sending>();

  function head(xhr: XMLHttpRequest, sending: Sending): void {
    const code = status(xhr);
    if (sending.hasHead || sending.id === 0 || code === 0) return;
    sending.hasHead = true;
    const contentType = getResponseHeader(xhr, 'content-type');
    emit({ kind: 'response', id: sending.id, at: now(), status: code, url: responseUrl(xhr), contentType });
  }

  function follow(xhr: XMLHttpRequest): void {
    const on = (type: string, seen: (sending: Sending, event: Event) => void) =>
      listen(xhr, type, (event) =>
        quietly(() => {
          const sending = known.get(xhr);
          if (sending !== undefined && sending.id !== 0) seen(sending, event);
        }),
      );
    on('readystatechange', (sending) => {
      if (readyState(xhr) === 2) head(xhr, sending);
    });
    on('abort', (sending) => {
      sending.aborted = true;
    });
    on('loadend', (sending, event) => {
      head(xhr, sending);
      const outcome = sending.aborted ? 'aborted' : sending.hasHead && status(xhr) !== 0 ? 'done' : 'error';
      emit({ kind: 'end', id: sending.id, at: now(), outcome, bodyBytes: eventLoaded(event as ProgressEvent) });
      sending.id = 0;
    });
  }

  observeMethod(XMLHttpRequest.prototype, 'open', (self, args, invoke) => {
    const result = invoke();
    quietly(() => {
      const xhr = self as XMLHttpRequest;
      const [method, url] = [args[0], args[1]];
      const sending: Sending = {
        id: 0,
        method: typeof method === 'string' ? method : '',
        url: typeof url === 'string' ? url : urlHref(url),
        hasHead: false,
        aborted: false,
      };
      const isNew = known.get(xhr) === undefined;
      known.set(xhr, sending);
      if (isNew) follow(xhr);
    });
    return result;
  });

  observeMethod(XMLHttpRequest.prototype, 'send', (self, args, invoke) => {
    const sending = known.get(self);
    if (sending === undefined || sending.id !== 0) return invoke();
    quietly(() => {
      sending.id = nextId();
      const { id, method, url } = sending;
      // Before the call: a synchronous request is over when it returns.
      emit({ kind: 'request', id, at: now(), api: 'xhr', method, url, bodyBytes: sizeOf(args[0]) });
    });
    return invoke();
  });
}
