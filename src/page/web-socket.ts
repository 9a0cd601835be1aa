import { TEXT_CHARS } from '../protocol.ts';
import { createWeakMap, eventData, getterOf, listen, now, sizeOf, textHead } from './natives.ts';
import type { Emit } from './outbox.ts';
import { observeConstructor, observeMethod, quietly } from './patch.ts';

const urlOf = getterOf(WebSocket.prototype, 'url');
const readyState = getterOf(WebSocket.prototype, 'readyState');
const protocolOf = getterOf(WebSocket.prototype, 'protocol');
const extensionsOf = getterOf(WebSocket.prototype, 'extensions');
const closeCode = getterOf(CloseEvent.prototype, 'code');
const closeReason = getterOf(CloseEvent.prototype, 'reason');
const closeWasClean = getterOf(CloseEvent.prototype, 'wasClean');
const OPEN = 1;

/** Observes WebSocket through listeners added at construction and through `send`; payloads are measured, never copied. */
export function hookWebSocket(emit: Emit, nextId: () => number): void {
  const ids = createWeakMap<WebSocket, number>();

  function message(id: number, direction: 'sent' | 'received', data: unknown): void {
    const isText = typeof data === 'string';
    emit({
      kind: 'message',
      id,
      at: now(),
      direction,
      type: isText ? 'text' : 'binary',
      payloadBytes: sizeOf(data),
      text: isText ? textHead(data, TEXT_CHARS) : null,
      lastEventId: '',
    });
  }

  observeConstructor<WebSocket>(window, 'WebSocket', (socket) => {
    const id = nextId();
    ids.set(socket, id);
    emit({ kind: 'connect', id, at: now(), api: 'websocket', url: urlOf(socket) });
    const on = (type: string, seen: (event: Event) => void) =>
      listen(socket, type, (event) => quietly(() => seen(event)));
    on('open', () =>
      emit({ kind: 'open', id, at: now(), protocol: protocolOf(socket), extensions: extensionsOf(socket) }),
    );
    on('message', (event) => message(id, 'received', eventData(event as MessageEvent)));
    on('close', (event) => {
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
        if (readyState(self as WebSocket) === OPEN) message(id, 'sent', args[0]);
      });
    }
    return result;
  });
}
