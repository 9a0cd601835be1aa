import { apply } from '../../src/core/log.ts';
import { toSession } from '../../src/core/session/write.ts';
import { createLog, type Log } from '../../src/core/state.ts';
import { utf8Bytes } from '../../src/core/utf8.ts';
import type { PageEvent } from '../../src/protocol.ts';
import { batch, T0 } from './timeline.ts';

export const SOCKET = 'wss://app.test/socket';
const ID = 501;

/** Adds an open WebSocket, on which nothing has been said, to a log. */
export function withSocket(log: Log = createLog(T0), url = SOCKET, id = ID): Log {
  apply(log, batch({ kind: 'connect', id, at: 1, api: 'websocket', url, stack: null }));
  apply(log, batch({ kind: 'open', id, at: 2, protocol: '', extensions: '' }));
  return log;
}

type Said = Partial<Extract<PageEvent, { kind: 'message' }>>;

/** Adds a message: text, or bytes. */
export function say(log: Log, at: number, content: string | Uint8Array, rest: Said = {}): void {
  const isText = typeof content === 'string';
  apply(
    log,
    batch({
      kind: 'message',
      id: ID,
      at,
      direction: 'received',
      type: isText ? 'text' : 'binary',
      payloadBytes: isText ? utf8Bytes(content) : content.length,
      text: isText ? content : null,
      bytes: isText ? null : content,
      contentId: null,
      lastEventId: '',
      ...rest,
    }),
  );
}

/** A session file with everything in it. */
export const fileOf = (log: Log): string => JSON.stringify(toSession(log, 'test', { raw: true }));
