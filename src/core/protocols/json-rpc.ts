import type { Direction } from '../../protocol.ts';
import { correlate, type Label, label, MAX_LABELS, PARSE_LIMIT, type Payload, type Protocol } from './protocol.ts';
import { textOfPayload } from './wire/bytes.ts';
import { isHeartbeatWord } from './wire/heartbeat.ts';
import { isObject, type Json, readJson } from './wire/json.ts';

/** https://www.jsonrpc.org/specification over whatever carries it: HTTP, WebSocket, server-sent events (MCP). */
export const jsonRpc: Protocol = {
  id: 'json-rpc',
  displayName: 'JSON-RPC',
  claims: () => false,
  recognises: (payload) => {
    const found = messages(payload);
    return found.length > 0 && found.every(({ jsonrpc }) => jsonrpc === '2.0');
  },
  decode: (payload, direction) => messages(payload).flatMap((message) => ofMessage(message, direction)),
};

function messages(payload: Payload): Json[] {
  const value = readJson(textOfPayload(payload, PARSE_LIMIT));
  return (Array.isArray(value) ? value.slice(0, MAX_LABELS) : [value]).filter(isObject);
}

function ofMessage(message: Json, direction: Direction): Label[] {
  const { method, id } = message;
  if (typeof method === 'string') {
    const isCall = id !== undefined && id !== null;
    const role = isHeartbeatWord(method) ? 'heartbeat' : 'data';
    return [label(role, isCall ? 'request' : 'notification', method, correlate(id, direction, false))];
  }
  const op = 'result' in message ? 'result' : 'error' in message ? 'error' : null;
  return op === null ? [] : [label('data', op, null, correlate(id, direction, true))];
}
