import { TEXT_CHARS } from '../protocol.ts';
import {
  argument,
  blobBytes,
  bufferBytes,
  createWeakMap,
  eventData,
  getterOf,
  now,
  observeEvent,
  sizeOf,
  textHead,
  utf8Bytes,
} from './natives.ts';
import type { Emit } from './outbox.ts';
import { observeConstructor, observeMethod, quietly } from './patch.ts';

const urlOf = getterOf(WebSocket.prototype, 'url');
const readyState = getterOf(WebSocket.prototype, 'readyState');
const protocolOf = getterOf(WebSocket.prototype, 'protocol');
const extensionsOf = getterOf(WebSocket.prototype, 'extensions');
const closeCode = getterOf(CloseEvent.prototype, 'code');
const closeReason = getterOf(CloseEvent.prototype, 'reason');
const closeWasClean = getterOf(CloseEvent.prototype, 'wasClean');
const binaryType = getterOf(WebSocket.prototype, 'binaryType');
const OPEN = 1;

/** Observes WebSocket through listeners added at construction and through `send`; payloads are measured, never copied. */
export function hookWebSocket(emit: Emit, nextId: () => number): void {
  const ids = createWeakMap<WebSocket, number>();

  function message(id: number, direction: 'sent' | 'received', text: string | null, payloadBytes: number | null): void {
    emit({
      kind: 'message',
      id,
      at: now(),
      direction,
      type: text === null ? 'binary' : 'text',
      payloadBytes,
      text: text === null ? null : textHead(text, TEXT_CHARS),
      bytes: null,
      contentId: null,
      lastEventId: '',
    });
  }

  function received(id: number, socket: WebSocket, data: unknown): void {
    if (typeof data === 'string') return message(id, 'received', data, utf8Bytes(data));
    // The likelier kind first: a brand check that fails costs a microsecond.
    const bytes =
      binaryType(socket) === 'blob' ? (blobBytes(data) ?? bufferBytes(data)) : (bufferBytes(data) ?? blobBytes(data));
    message(id, 'received', null, bytes);
  }

  function sent(id: number, data: unknown): void {
    // What is neither text nor binary goes out as its own string: null as "null". Only the browser may ask an object for it.
    if (typeof data === 'function') return message(id, 'sent', '', null);
    if (typeof data !== 'object' || data === null) {
      const text = `${data}`;
      return message(id, 'sent', text, utf8Bytes(text));
    }
    const bytes = sizeOf(data);
    message(id, 'sent', bytes === null ? '' : null, bytes);
  }

  observeConstructor<WebSocket>(window, 'WebSocket', (socket) => {
    const id = nextId();
    ids.set(socket, id);
    emit({ kind: 'connect', id, at: now(), api: 'websocket', url: urlOf(socket), stack: null });
    observeEvent(socket, 'open', () =>
      emit({ kind: 'open', id, at: now(), protocol: protocolOf(socket), extensions: extensionsOf(socket) }),
    );
    observeEvent(socket, 'message', (event) => received(id, socket, eventData(event as MessageEvent)));
    observeEvent(socket, 'close', (event) => {
      const close = event as CloseEvent;
      emit({
        kind: 'close',
        id,
        at: now(),
        code: closeCode(close),
        reason: closeReason(close),
        wasClean: closeWasClean(close),
      });
    });
  });

  observeMethod(WebSocket.prototype, 'send', (self, args, invoke) => {
    const id = ids.get(self);
    const result = invoke();
    // A closing socket discards silently: those bytes never leave.
    if (id !== undefined) {
      quietly(() => {
        if (readyState(self as WebSocket) === OPEN) sent(id, argument(args, 0));
      });
    }
    return result;
  });
}
