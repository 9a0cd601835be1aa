import { apply } from '../../src/core/log.ts';
import { toSession } from '../../src/core/session/write.ts';
import { createLog, type Log } from '../../src/core/state.ts';
import { type MessageEvent, messageEvent } from './message.ts';
import { batch, T0 } from './timeline.ts';

export const SOCKET = 'wss://app.test/socket';
const ID = 501;

/** Adds an open WebSocket, on which nothing has been said, to a log. */
export function withSocket(log: Log = createLog(T0), url = SOCKET, id = ID): Log {
  apply(log, batch({ kind: 'connect', id, at: 1, api: 'websocket', url, stack: null }));
  apply(log, batch({ kind: 'open', id, at: 2, protocol: '', extensions: '' }));
  return log;
}

/** Adds a message: text, or bytes. */
export function say(
  log: Log,
  at: number,
  content: string | Uint8Array,
  rest: Partial<MessageEvent> & { id?: number } = {},
): void {
  const { id = ID } = rest;
  const message =
    typeof content === 'string'
      ? messageEvent(id, at, content, rest)
      : messageEvent(id, at, null, { type: 'binary', payloadBytes: content.length, bytes: content, ...rest });
  apply(log, batch(message));
}

/** A session file with everything in it. */
export const fileOf = (log: Log): string => JSON.stringify(toSession(log, 'test', { raw: true }));
