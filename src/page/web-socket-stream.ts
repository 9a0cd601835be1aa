import type { MessageTeller } from './message.ts';
import { dataValue, getterOf, now, react } from './natives.ts';
import type { Outbox } from './outbox.ts';
import { observeConstructor } from './patch.ts';
import { clipped } from './request.ts';
import { stackFor } from './stack.ts';
import type { WatchStream } from './streams.ts';
import type { WatchWriter } from './writers.ts';

/** https://websockets.spec.whatwg.org/ has none of it; Chromium has since version 124. */
interface WebSocketStream {
  readonly url: string;
  readonly opened: Promise<unknown>;
  readonly closed: Promise<unknown>;
}

/** Observes WebSocketStream: its two promises, and its messages as the page reads and writes them. */
export function hookWebSocketStream(
  outbox: Outbox,
  tell: MessageTeller,
  watchStream: WatchStream,
  watchWriter: WatchWriter,
): void {
  const native = (window as { WebSocketStream?: { prototype: WebSocketStream } }).WebSocketStream;
  if (native === undefined) return;
  const urlOf = getterOf(native.prototype, 'url');
  const openedOf = getterOf(native.prototype, 'opened');
  const closedOf = getterOf(native.prototype, 'closed');

  const text = (value: unknown): string => (typeof value === 'string' ? clipped(value) : '');
  function message(id: number, direction: 'sent' | 'received', data: unknown): void {
    if (typeof data === 'string') tell.text(id, direction, data, 'text', '');
    else if (!tell.binary(id, direction, data, 'binary')) tell.unknown(id, direction);
  }

  observeConstructor<WebSocketStream>(window, 'WebSocketStream', (socket, _args, hook) => {
    const id = outbox.nextId();
    outbox.emit(['connect', id, now(), 'websocket-stream', clipped(urlOf(socket)), stackFor(outbox, hook)]);
    react(
      openedOf(socket),
      (info) => {
        outbox.emit(['open', id, now(), text(dataValue(info, 'protocol')), text(dataValue(info, 'extensions'))]);
        watchStream(dataValue(info, 'readable') as ReadableStream, {
          isOver: () => false,
          onChunk: (value) => message(id, 'received', value),
          onDone() {},
          onError() {},
          onCancel() {},
        });
        watchWriter(dataValue(info, 'writable') as WritableStream, (chunk) => message(id, 'sent', chunk));
      },
      () => {},
    );
    react(
      closedOf(socket),
      (info) => {
        const code = dataValue(info, 'closeCode');
        outbox.emit([
          'close',
          id,
          now(),
          typeof code === 'number' ? code : null,
          text(dataValue(info, 'reason')),
          true,
        ]);
      },
      () => outbox.emit(['close', id, now(), ABNORMAL, '', false]),
    );
  });
}

/** https://www.rfc-editor.org/rfc/rfc6455#section-7.1.5: no closing frame was received. */
const ABNORMAL = 1006;
