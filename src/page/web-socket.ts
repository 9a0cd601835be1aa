import type { MessageTeller } from './message.ts';
import { argument, createWeakMap, eventData, getterOf, now, observeEvent } from './natives.ts';
import type { Outbox } from './outbox.ts';
import { type Observe, observeConstructor, observeMethod, quietly, run } from './patch.ts';
import { stackFor } from './stack.ts';

const urlOf = getterOf(WebSocket.prototype, 'url');
const readyState = getterOf(WebSocket.prototype, 'readyState');
const protocolOf = getterOf(WebSocket.prototype, 'protocol');
const extensionsOf = getterOf(WebSocket.prototype, 'extensions');
const bufferedAmount = getterOf(WebSocket.prototype, 'bufferedAmount');
const closeCode = getterOf(CloseEvent.prototype, 'code');
const closeReason = getterOf(CloseEvent.prototype, 'reason');
const closeWasClean = getterOf(CloseEvent.prototype, 'wasClean');
const binaryType = getterOf(WebSocket.prototype, 'binaryType');
const OPEN = 1;
/** Less than this waits in every browser now and then. */
const FIRST_PEAK_BYTES = 65_536;

interface Known {
  id: number;
  /** `bufferedAmount` must reach this to be told. */
  nextPeak: number;
}

/** Observes WebSocket through listeners added at construction and through `send`. */
export function hookWebSocket(outbox: Outbox, tell: MessageTeller): void {
  const known = createWeakMap<WebSocket, Known>();

  function received(id: number, socket: WebSocket, data: unknown): void {
    if (typeof data === 'string') return tell.text(id, 'received', data, 'text', '');
    // The likelier kind first: a brand check that fails costs a microsecond.
    if (binaryType(socket) === 'blob') tell.blob(id, 'received', data) || tell.binary(id, 'received', data, 'binary');
    else tell.binary(id, 'received', data, 'binary') || tell.blob(id, 'received', data);
  }

  function sent(id: number, data: unknown): void {
    // What is neither text nor binary goes out as its own string: null as "null". Only the browser may ask an object for it.
    if (typeof data === 'function') return tell.unknown(id, 'sent');
    if (typeof data !== 'object' || data === null) return tell.text(id, 'sent', `${data}`, 'text', '');
    tell.binary(id, 'sent', data, 'binary') || tell.blob(id, 'sent', data) || tell.unknown(id, 'sent');
  }

  observeConstructor<WebSocket>(window, 'WebSocket', (socket, _args, hook) => {
    const id = outbox.nextId();
    known.set(socket, { id, nextPeak: FIRST_PEAK_BYTES });
    outbox.emit(['connect', id, now(), 'websocket', urlOf(socket), stackFor(outbox, hook)]);
    observeEvent(socket, 'open', () => outbox.emit(['open', id, now(), protocolOf(socket), extensionsOf(socket)]));
    observeEvent(socket, 'message', (event) => received(id, socket, eventData(event as MessageEvent)));
    observeEvent(socket, 'close', (event) => {
      const close = event as CloseEvent;
      outbox.emit(['close', id, now(), closeCode(close), closeReason(close), closeWasClean(close)]);
    });
  });

  const send: Observe = (native, self, args) => {
    const socket = known.get(self);
    const result = run(native, self, args);
    // A closing socket discards silently: those bytes never leave.
    if (socket !== undefined) {
      quietly(() => {
        if (readyState(self as WebSocket) !== OPEN) return;
        sent(socket.id, argument(args, 0));
        const waiting = bufferedAmount(self as WebSocket);
        if (waiting < socket.nextPeak) return;
        socket.nextPeak = 2 * waiting;
        outbox.emit(['buffered', socket.id, now(), waiting]);
      });
    }
    return result;
  };
  observeMethod(WebSocket.prototype, 'send', send);
}
