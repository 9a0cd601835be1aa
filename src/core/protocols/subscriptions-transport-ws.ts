import type { Direction } from '../../protocol.ts';
import { readTyped } from './graphql-transport-ws.ts';
import { correlate, type Label, label, type Protocol } from './protocol.ts';
import { isRequest, isResult, operationName } from './wire/graphql.ts';
import { type Json, nameOf } from './wire/json.ts';
import { speaks } from './wire/url.ts';

/**
 * https://github.com/apollographql/subscriptions-transport-ws/blob/master/PROTOCOL.md: the older protocol, whose subprotocol
 * is called `graphql-ws`; AWS AppSync and Hasura speak it still.
 */
export const subscriptionsTransportWs: Protocol = {
  id: 'subscriptions-transport-ws',
  displayName: 'GraphQL over WebSocket (legacy)',
  claims: (hint) => speaks(hint, 'graphql-ws', 'graphql-subscriptions'),
  recognises: (payload) => {
    const message = readTyped(payload);
    if (message?.type === 'ka') return true;
    if (message === null || nameOf(message.id) === null) return false;
    if (message.type === 'start') return isRequest(message.payload) || isAppSyncStart(message.payload);
    return message.type === 'data' && isResult(message.payload);
  },
  decode: (payload, direction) => {
    const message = readTyped(payload);
    return message === null ? [] : ofMessage(message, direction);
  },
};

function ofMessage({ type, id, payload }: Json, direction: Direction): Label[] {
  switch (type) {
    case 'ka':
      return [label('heartbeat', 'keep-alive')];
    case 'connection_init':
    case 'connection_ack':
      return [label('control', type, null, correlate('connection', direction, type === 'connection_ack'))];
    case 'connection_error':
    case 'connection_terminate':
      return [label('control', type)];
    case 'start':
    case 'subscribe':
      return [label('control', type, operationName(payload), correlate(id, direction, false))];
    case 'data':
    case 'error':
      return [label('data', type, null, correlate(id, direction, true))];
    case 'start_ack':
    case 'complete':
      return [label('control', type, null, correlate(id, direction, true))];
    case 'stop':
      return [label('control', type, null, correlate(id, direction, false))];
    default:
      return [];
  }
}

/** AppSync puts the operation into `data`, as text: `{"data":"{\"query\":…}","extensions":{"authorization":…}}`. */
const isAppSyncStart = (payload: unknown): boolean =>
  typeof payload === 'object' && payload !== null && 'data' in payload && 'extensions' in payload;
