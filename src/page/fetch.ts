import { REQUEST_TEXT_CHARS } from '../protocol.ts';
import type { BodyWatch } from './body.ts';
import {
  argument,
  brandedGetterOf,
  dataValue,
  getterOf,
  isAborted,
  now,
  sizeOf,
  textHead,
  thenNative,
  uncurryThis,
  urlHref,
} from './natives.ts';
import type { Emit } from './outbox.ts';
import { observeMethod, quietly } from './patch.ts';

const requestUrl = brandedGetterOf(Request.prototype, 'url');
const requestMethod = getterOf(Request.prototype, 'method');
const requestSignal = getterOf(Request.prototype, 'signal');
const status = getterOf(Response.prototype, 'status');
const responseUrl = getterOf(Response.prototype, 'url');
const responseHeaders = getterOf(Response.prototype, 'headers');
const header = uncurryThis(Headers.prototype.get);

/** Observes `fetch`: the native promise is passed on through one native `then`, the Response is the browser's own. */
export function hookFetch(emit: Emit, nextId: () => number, watch: BodyWatch): void {
  observeMethod(window, 'fetch', (_self, args, invoke) => {
    const at = now();
    const promise = invoke() as Promise<Response>;
    let id = 0;
    let signal: unknown;
    try {
      const request = describe(argument(args, 0), argument(args, 1));
      signal = request.signal;
      // The browser sends nothing, and rejects in this very microtask turn: one more `then` would delay it.
      if (isAborted(signal) === true) return promise;
      id = nextId();
      emit({
        kind: 'request',
        id,
        at,
        api: 'fetch',
        method: request.method,
        url: request.url,
        bodyBytes: request.bodyBytes,
        bodyText: request.bodyText,
        stack: null,
      });
    } catch {
      return promise;
    }
    return thenNative(
      promise,
      (response) => {
        quietly(() => {
          const contentType = header(responseHeaders(response), 'content-type');
          emit({ kind: 'response', id, at: now(), status: status(response), url: responseUrl(response), contentType });
          watch(response, id, signal);
        });
        return response;
      },
      (reason) => {
        quietly(() => {
          emit({
            kind: 'end',
            id,
            at: now(),
            outcome: isAborted(signal) === true ? 'aborted' : 'error',
            bodyBytes: null,
          });
        });
        throw reason;
      },
    );
  });
}

/** What the call asked for, read without running the page's getters: what they hide stays unknown here and comes from devtools.network. */
function describe(input: unknown, init: unknown) {
  const requestedUrl = requestUrl(input);
  const request = requestedUrl === null ? null : (input as Request);
  const method = dataValue(init, 'method');
  const body = dataValue(init, 'body');
  const signal = dataValue(init, 'signal');
  return {
    url: typeof input === 'string' ? input : (requestedUrl ?? urlHref(input)),
    method: typeof method === 'string' ? method : request === null ? 'GET' : requestMethod(request),
    // `signal: null` takes the Request's own away.
    signal: signal === undefined && request !== null ? requestSignal(request) : signal,
    bodyBytes: request !== null && body === undefined ? null : sizeOf(body),
    bodyText: typeof body === 'string' ? textHead(body, REQUEST_TEXT_CHARS) : null,
  };
}
