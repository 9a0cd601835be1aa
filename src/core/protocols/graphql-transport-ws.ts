import type { Direction } from '../../protocol.ts';
import { correlate, type Label, label, type Payload, type Protocol } from './protocol.ts';
import { isRequest, isResult, operationName } from './wire/graphql.ts';
import { type Json, nameOf, readObject } from './wire/json.ts';
import { speaks } from './wire/url.ts';

/** https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md */
export const graphqlTransportWs: Protocol = {
  id: 'graphql-transport-ws',
  displayName: 'GraphQL over WebSocket',
  claims: (hint) => speaks(hint, 'graphql-transport-ws'),
  recognises: (payload) => {
    const message = readTyped(payload);
    if (message === null || nameOf(message.id) === null) return false;
    if (message.type === 'subscribe') return isRequest(message.payload);
    return message.type === 'next' && isResult(message.payload);
  },
  decode: (payload, direction) => {
    const message = readTyped(payload);
    return message === null ? [] : ofMessage(message, direction);
  },
};

/** A message with a `type`, as both protocols over WebSocket have it. */
export const readTyped = (payload: Payload): Json | null => {
  const message = typeof payload === 'string' ? readObject(payload) : null;
  return typeof message?.type === 'string' ? message : null;
};

function ofMessage({ type, id, payload }: Json, direction: Direction): Label[] {
  switch (type) {
    case 'ping':
    case 'pong':
      return [label('heartbeat', type)];
    case 'connection_init':
    case 'connection_ack':
      return [label('control', type, null, correlate('connection', direction, type === 'connection_ack'))];
    case 'subscribe':
      return [label('control', type, operationName(payload), correlate(id, direction, false))];
    case 'next':
    case 'error':
      return [label('data', type, null, correlate(id, direction, true))];
    case 'complete':
      return [label('control', type, null, correlate(id, direction, direction === 'received'))];
    default:
      return [];
  }
}
