import type { Direction } from '../../protocol.ts';
import { correlate, type Hint, type Label, label, MAX_LABELS, type Protocol } from './protocol.ts';
import { isObject, type Json, nameOf, readJson, textOf } from './wire/json.ts';
import { decodeForm, isEventStream, isWebSocketUrl, pathOf } from './wire/url.ts';

/** https://trpc.io/docs/rpc: calls over HTTP, subscriptions over WebSocket and server-sent events. */
export const trpc: Protocol = {
  id: 'trpc',
  displayName: 'tRPC',
  parameters: ['connectionParams'],
  claims: ({ url }) => ENDPOINT.test(pathOf(url)) || /[?&]connectionParams=1(?:&|$)/.test(url),
  recognises: (payload) => {
    const [first] = typeof payload === 'string' ? items(payload) : [];
    return first !== undefined && (isSubscription(first) || isStarted(first));
  },
  decode: (payload, direction, hint) => {
    if (typeof payload !== 'string') return [];
    if (payload === 'PING' || payload === 'PONG') return [label('heartbeat', payload.toLowerCase())];
    if (isEventStream(hint) && direction === 'received') return ofEvent(payload, hint.eventName);
    return isWebSocketUrl(hint.url)
      ? items(payload).flatMap((message) => ofMessage(message, direction))
      : ofHttp(payload, direction, hint);
  },
};

/** A folder of that name, by convention of the adapters. */
const ENDPOINT = /\/trpc(?:\/|$)/;
const CALLS = ['query', 'mutation', 'subscription'];

const items = (text: string): Json[] => {
  const value = readJson(text);
  return (Array.isArray(value) ? value.slice(0, MAX_LABELS) : [value]).filter(isObject);
};

const isSubscription = ({ method, params }: Json): boolean =>
  CALLS.includes(String(method)) && isObject(params) && typeof params.path === 'string';

const isStarted = ({ result, id }: Json): boolean =>
  nameOf(id) !== null && isObject(result) && (result.type === 'started' || result.type === 'stopped');

function ofMessage({ id, method, params, result, error }: Json, direction: Direction): Label[] {
  if (typeof method === 'string') {
    const path = isObject(params) ? textOf(params.path) : null;
    const role = method === 'query' || method === 'mutation' ? 'data' : 'control';
    return [label(role, method, path, correlate(id, direction, false))];
  }
  const correlation = correlate(id, direction, true);
  if (error !== undefined) return [label('data', 'error', null, correlation)];
  if (!isObject(result)) return [];
  const op = textOf(result.type) ?? 'data';
  return [label(op === 'data' ? 'data' : 'control', op, null, correlation)];
}

/** Server-sent events with reserved names; `data` may be empty. */
function ofEvent(data: string, eventName: string | null): Label[] {
  switch (eventName) {
    case 'ping':
      return [label('heartbeat', 'ping')];
    case 'connected':
    case 'return':
      return [label('control', eventName)];
    case 'serialized-error':
      return [label('data', 'error')];
    default:
      return data === '' ? [] : [label('data', 'data', eventName === 'message' ? null : eventName)];
  }
}

/** The path names the procedures, commas between those of a batch; the answer has one result each. */
function ofHttp(payload: string, direction: Direction, { url }: Hint): Label[] {
  const procedures = decodeForm(pathOf(url).split(ENDPOINT)[1] ?? '').split(',');
  if (direction === 'sent') return procedures.slice(0, MAX_LABELS).map((name) => label('data', 'call', name || null));
  return items(payload).flatMap(({ result, error }, index) =>
    result === undefined && error === undefined
      ? []
      : [label('data', error === undefined ? 'result' : 'error', procedures[index] || null)],
  );
}
