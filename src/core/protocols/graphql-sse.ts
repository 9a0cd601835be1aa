import { GRAPHQL_PATH } from './graphql.ts';
import { correlate, type Label, label, type Protocol } from './protocol.ts';
import { isResult, operationOf } from './wire/graphql.ts';
import { isObject, type Json, readObject } from './wire/json.ts';
import { endpointOf, isEventStream, pathOf } from './wire/url.ts';

/** https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md, distinct and single connection mode. */
export const graphqlSse: Protocol = {
  id: 'graphql-sse',
  displayName: 'GraphQL over SSE',
  claims: (hint) => isEventStream(hint) && GRAPHQL_PATH.test(pathOf(hint.url)),
  recognises: (payload, direction, { eventName }) =>
    direction === 'received' &&
    eventName === 'next' &&
    typeof payload === 'string' &&
    isResult(resultIn(readObject(payload))),
  decode: (payload, direction, { eventName }) => {
    if (typeof payload !== 'string') return [];
    if (direction === 'sent') return ofRequest(readObject(payload));
    return ofEvent(eventName, readObject(payload));
  },
  side: (hint) => (hint.method === 'PUT' ? 'handshake' : isEventStream(hint) ? 'downlink' : 'uplink'),
  session: ({ url }) => endpointOf(url),
};

/** Where many operations share a connection, results are addressed: `{"id":…,"payload":…}`. */
const resultIn = (message: Json | null): unknown =>
  message !== null && 'payload' in message ? message.payload : message;

function ofRequest(request: Json | null): Label[] {
  const operation = operationOf(request);
  if (operation === null) return [];
  const id = isObject(request!.extensions) ? request!.extensions.operationId : null;
  return [label('control', operation.kind, operation.name, correlate(id, 'sent', false))];
}

function ofEvent(eventName: string | null, message: Json | null): Label[] {
  const correlation = correlate(message?.id, 'received', true);
  if (eventName === 'complete') return [label('control', 'complete', null, correlation)];
  return isResult(resultIn(message)) ? [label('data', 'next', null, correlation)] : [];
}
