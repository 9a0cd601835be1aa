import { headerList } from '../../../core/cdp/headers.ts';
import type { CdpRequest } from '../../../core/cdp/response.ts';
import { headerValue } from '../../../core/har-entry.ts';
import { base64 } from '../../../core/protocols/wire/bytes.ts';
import { isEventStream, isStreamType } from '../../../core/stream-of-exchange.ts';
import { utf8Bytes } from '../../../core/utf8.ts';
import { REQUEST_TEXT_CHARS, type Unfinished } from '../../../protocol.ts';
import type { Handlers } from './events.ts';
import type { WorkerTools } from './worker.ts';

/** By the protocol's names of what asked. Scripts are what a worker is, preflights the browser's own. */
const APIS: Record<string, 'fetch' | 'xhr'> = { Fetch: 'fetch', XHR: 'xhr' };

interface Request {
  id: number;
  bytes: number;
  /** The first piece, held back until there is a second: alone it may be an answer that the worker leaves unread, which never ends. */
  first: Unfinished | null;
  /** What is to be told once the beginning of a stream is known; null: nothing is waited for. */
  waiting: Unfinished[] | null;
}

/** What a worker asks for by fetch and XMLHttpRequest, in the words of the page hooks. */
export function readRequests({ emit, nextId, command }: WorkerTools): Handlers {
  const requests = new Map<string, Request>();

  const tell = (request: Request, event: Unfinished): void => {
    if (request.waiting === null) emit(event);
    else request.waiting.push(event);
  };

  /** From now on pieces come with their content; what came before them is the answer. */
  async function follow(request: Request, requestId: string, at: number): Promise<void> {
    request.waiting = [];
    const begun = (await command('Network.streamResourceContent', { requestId }).catch(() => null)) as {
      bufferedData?: string;
    } | null;
    const text = base64(begun?.bufferedData ?? '');
    const { id, waiting } = request;
    request.waiting = null;
    if (text !== null && text.length > 0) emit({ kind: 'chunk', id, at, bytes: text.length, text });
    emit(...waiting);
  }

  function end(requestId: string, timestamp: number, outcome: 'done' | 'error' | 'aborted'): void {
    const request = requests.get(requestId);
    if (request === undefined) return;
    requests.delete(requestId);
    const { id, bytes } = request;
    tell(request, { kind: 'end', id, at: timestamp * 1000, outcome, bodyBytes: outcome === 'done' ? bytes : null });
  }

  return {
    'Network.requestWillBeSent'({ requestId, timestamp, type = '', request }) {
      const api = APIS[type];
      // The same id once more is a hop of a redirect.
      if (api === undefined || requests.has(requestId)) return;
      const id = nextId();
      requests.set(requestId, { id, bytes: 0, first: null, waiting: null });
      const { method, url, postData } = request;
      const bodyText = postData?.slice(0, REQUEST_TEXT_CHARS) ?? null;
      emit({
        kind: 'request',
        id,
        at: timestamp * 1000,
        api,
        method,
        url: url.split('#', 1)[0]!,
        bodyBytes: sizeOf(request),
        bodyText,
        stack: null,
      });
    },
    'Network.responseReceived'({ requestId, timestamp, response }) {
      const request = requests.get(requestId);
      if (request === undefined) return;
      const { status, url, headers, mimeType } = response;
      const contentType = headerValue(headerList(headers), 'content-type') ?? (mimeType || null);
      const at = timestamp * 1000;
      emit({ kind: 'response', id: request.id, at, status, url, contentType });
      if (isStreamType(contentType) || isEventStream(contentType)) void follow(request, requestId, at);
    },
    'Network.dataReceived'({ requestId, timestamp, dataLength, data }) {
      const request = requests.get(requestId);
      if (request === undefined || dataLength === 0) return;
      const isFirst = request.bytes === 0;
      request.bytes += dataLength;
      // It will be part of the stream's beginning.
      if (request.waiting !== null && data === undefined) return;
      const text = data === undefined ? null : base64(data);
      const piece: Unfinished = { kind: 'chunk', id: request.id, at: timestamp * 1000, bytes: dataLength, text };
      if (isFirst && text === null) {
        request.first = piece;
        return;
      }
      if (request.first !== null) tell(request, request.first);
      request.first = null;
      tell(request, piece);
    },
    'Network.loadingFinished': ({ requestId, timestamp }) => end(requestId, timestamp, 'done'),
    'Network.loadingFailed': ({ requestId, timestamp, canceled }) =>
      end(requestId, timestamp, canceled === true ? 'aborted' : 'error'),
  };
}

/** Null for a body that the protocol does not tell. */
function sizeOf({ hasPostData, postData }: CdpRequest): number | null {
  if (postData !== undefined) return utf8Bytes(postData);
  return hasPostData === true ? null : 0;
}
