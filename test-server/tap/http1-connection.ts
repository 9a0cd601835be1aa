import type { ExchangeTally } from '../exchange-tally.ts';
import type { Connection, Locate } from './connection.ts';
import { type BodyKind, createHttp1Parser, requestBody, responseBody } from './http1.ts';
import { createWebSocketTally, type WebSocketTally } from './web-socket-tally.ts';

interface Pending {
  method: string;
  /** null: a page or a control route, not part of any run. */
  tally: ExchangeTally | null;
}

/**
 * Follows one HTTP/1.1 connection, WebSocket after an upgrade included. Requests and responses are matched in order
 * (RFC 9112 §9.3.2). `locate` finds the run a request belongs to, and is asked before the request reaches its handler.
 */
export function createHttp1Connection(locate: Locate, now: () => number): Connection {
  const waiting: Pending[] = [];
  let receiving: Pending | null = null;
  let status = 0;
  let webSocket: WebSocketTally | null = null;

  const requests = createHttp1Parser({
    head(startLine, headers, bytes): BodyKind {
      const [method = '', target = ''] = startLine.split(' ');
      const place = locate(target);
      const about = { method, target, httpVersion: '1.1' as const };
      const tally = place ? place.ledger.openExchange({ ...about, technique: place.technique }, bytes, now()) : null;
      receiving = { method, tally };
      waiting.push(receiving);
      return requestBody(headers);
    },
    body: (content) => receiving?.tally?.requestBody(content.length),
    framing: (bytes) => receiving?.tally?.framing(bytes),
    end() {},
  });

  const responses = createHttp1Parser({
    head(startLine, headers, bytes): BodyKind {
      status = Number(startLine.split(' ')[1]);
      const pending = waiting[0];
      pending?.tally?.responseHead(status, bytes);
      if (status === 101 && pending?.tally) webSocket = createWebSocketTally(pending.tally, headers, now);
      return responseBody(pending?.method ?? '', status, headers);
    },
    body: (content) => waiting[0]?.tally?.body(content, now()),
    framing: (bytes) => waiting[0]?.tally?.framing(bytes),
    end() {
      const isInterim = status < 200;
      if (!isInterim) waiting.shift()?.tally?.end(now());
    },
  });

  /** After a 101: the bytes that came with it or before it are frames. */
  function switchProtocols(rest: Buffer | null): void {
    if (!webSocket) return;
    const early = requests.takeHeld();
    if (early) webSocket.sent(early);
    if (rest) webSocket.received(rest);
  }

  return {
    inbound(chunk) {
      if (webSocket) webSocket.sent(chunk);
      else requests.feed(chunk);
    },
    outbound(chunk) {
      if (webSocket) webSocket.received(chunk);
      else switchProtocols(responses.feed(chunk));
    },
    close() {
      responses.close();
      for (const { tally } of waiting.splice(0)) tally?.abort(now());
    },
  };
}
