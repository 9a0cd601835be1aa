import type { MessageTeller } from './message.ts';
import { argument, createWeakMap, dataValue, getterOf, now, react, thenNative } from './natives.ts';
import type { Outbox } from './outbox.ts';
import { observeConstructor, observeMethod, quietly, run } from './patch.ts';
import { clipped, writtenUrl } from './request.ts';
import { stackFor } from './stack.ts';
import type { WatchStream } from './streams.ts';
import type { WatchWriter } from './writers.ts';

interface Session {
  id: number;
  over: boolean;
}

/**
 * Observes WebTransport: its two promises, and datagrams and streams as the page reads and writes them. Each chunk is a message,
 * which is as much as a stream knows of them.
 */
export function hookWebTransport(
  outbox: Outbox,
  tell: MessageTeller,
  watchStream: WatchStream,
  watchWriter: WatchWriter,
): void {
  // Only in secure contexts.
  if (typeof WebTransport !== 'function') return;
  const { prototype } = WebTransport;
  const readyOf = getterOf(prototype, 'ready');
  const closedOf = getterOf(prototype, 'closed');
  const datagramsOf = getterOf(prototype, 'datagrams');
  const incomingOneWay = getterOf(prototype, 'incomingUnidirectionalStreams');
  const incomingBothWays = getterOf(prototype, 'incomingBidirectionalStreams');
  const datagramsIn = getterOf(WebTransportDatagramDuplexStream.prototype, 'readable');
  const datagramsOut = getterOf(WebTransportDatagramDuplexStream.prototype, 'writable');
  const readableOf = getterOf(WebTransportBidirectionalStream.prototype, 'readable');
  const writableOf = getterOf(WebTransportBidirectionalStream.prototype, 'writable');
  const sessions = createWeakMap<WebTransport, Session>();

  function follow(session: Session, stream: ReadableStream, onChunk: (value: unknown) => void): void {
    watchStream(stream, { isOver: () => session.over, onChunk, onDone() {}, onError() {}, onCancel() {} });
  }
  const followRead = (session: Session, stream: ReadableStream, type: string) =>
    follow(session, stream, (value) => tell.binary(session.id, 'received', value, type));
  const followWritten = ({ id }: Session, stream: WritableStream, type: string) =>
    watchWriter(stream, (chunk) => tell.binary(id, 'sent', chunk, type));
  function followBoth(session: Session, stream: WebTransportBidirectionalStream): void {
    followRead(session, readableOf(stream), 'stream');
    followWritten(session, writableOf(stream), 'stream');
  }

  observeConstructor<WebTransport>(window, 'WebTransport', (transport, args, hook) => {
    const session: Session = { id: outbox.nextId(), over: false };
    const { id } = session;
    sessions.set(transport, session);
    outbox.emit(['connect', id, now(), 'webtransport', writtenUrl(argument(args, 0)) ?? '', stackFor(outbox, hook)]);
    const datagrams = datagramsOf(transport);
    followRead(session, datagramsIn(datagrams), 'datagram');
    followWritten(session, datagramsOut(datagrams), 'datagram');
    follow(session, incomingOneWay(transport), (stream) => followRead(session, stream as ReadableStream, 'stream'));
    follow(session, incomingBothWays(transport), (stream) =>
      followBoth(session, stream as WebTransportBidirectionalStream),
    );
    react(
      readyOf(transport),
      () => outbox.emit(['open', id, now(), '', '']),
      () => {},
    );
    const close = (code: unknown, reason: unknown, wasClean: boolean) => {
      session.over = true;
      const why = typeof reason === 'string' ? clipped(reason) : '';
      outbox.emit(['close', id, now(), typeof code === 'number' ? code : null, why, wasClean]);
    };
    react(
      closedOf(transport),
      (info) => close(dataValue(info, 'closeCode'), dataValue(info, 'reason'), true),
      () => close(null, '', false),
    );
  });

  const made = <T>(
    method: 'createUnidirectionalStream' | 'createBidirectionalStream',
    onStream: (session: Session, stream: T) => void,
  ) =>
    observeMethod(prototype, method, (native, self, args) => {
      const promise = run(native, self, args) as Promise<T>;
      const session = sessions.get(self);
      // It is bound to reject, in its own microtask turn.
      if (session === undefined || session.over) return promise;
      return thenNative(
        promise,
        (stream) => {
          quietly(() => onStream(session, stream));
          return stream;
        },
        (reason) => {
          throw reason;
        },
      );
    });
  made<WritableStream>('createUnidirectionalStream', (session, stream) => followWritten(session, stream, 'stream'));
  made<WebTransportBidirectionalStream>('createBidirectionalStream', followBoth);
}
