import type { BodyWatch } from './body.ts';
import { argument, brandedGetterOf, dataValue, getterOf, isAborted, now, thenNative, uncurryThis } from './natives.ts';
import type { Outbox } from './outbox.ts';
import { type Observe, observeMethod, quietly, run } from './patch.ts';
import { sizeOf } from './payload.ts';
import { clipped, requestText, writtenUrl } from './request.ts';
import { stackFor } from './stack.ts';

const requestUrl = brandedGetterOf(Request.prototype, 'url');
const requestMethod = getterOf(Request.prototype, 'method');
const requestSignal = getterOf(Request.prototype, 'signal');
const status = getterOf(Response.prototype, 'status');
const responseUrl = getterOf(Response.prototype, 'url');
const responseHeaders = getterOf(Response.prototype, 'headers');
const header = uncurryThis(Headers.prototype.get);

/** Observes `fetch`: the native promise is passed on through one native `then`, the Response is the browser's own. */
export function hookFetch(outbox: Outbox, watch: BodyWatch): void {
  const fetch: Observe = (native, self, args) => {
    const at = now();
    const promise = run(native, self, args) as Promise<Response>;
    let id = 0;
    let signal: unknown;
    try {
      const { method, url, body, ...request } = describe(argument(args, 0), argument(args, 1));
      signal = request.signal;
      // The browser sends nothing, and rejects in this very microtask turn: one more `then` would delay it.
      if (isAborted(signal) === true) return promise;
      id = outbox.nextId();
      const stack = stackFor(outbox, fetch);
      outbox.emit(['request', id, at, 'fetch', method, url, request.bodyBytes, requestText(body), stack]);
    } catch {
      return promise;
    }
    return thenNative(
      promise,
      (response) => {
        quietly(() => {
          const contentType = header(responseHeaders(response), 'content-type');
          outbox.emit(['response', id, now(), status(response), clipped(responseUrl(response)), contentType]);
          watch(response, id, signal, contentType);
        });
        return response;
      },
      (reason) => {
        quietly(() => {
          outbox.emit(['end', id, now(), isAborted(signal) === true ? 'aborted' : 'error', null]);
        });
        throw reason;
      },
    );
  };
  observeMethod(window, 'fetch', fetch);
}

/** What the call asked for, read without running the page's getters: what they hide stays unknown here and comes from devtools.network. */
function describe(input: unknown, init: unknown) {
  const requestedUrl = requestUrl(input);
  const request = requestedUrl === null ? null : (input as Request);
  const method = dataValue(init, 'method');
  const body = dataValue(init, 'body');
  const signal = dataValue(init, 'signal');
  return {
    url: requestedUrl === null ? writtenUrl(input) : clipped(requestedUrl),
    method: typeof method === 'string' ? method : request === null ? 'GET' : requestMethod(request),
    // `signal: null` takes the Request's own away.
    signal: signal === undefined && request !== null ? requestSignal(request) : signal,
    body,
    bodyBytes: request !== null && body === undefined ? null : sizeOf(body),
  };
}
