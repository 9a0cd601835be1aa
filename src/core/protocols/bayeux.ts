import type { Direction } from '../../protocol.ts';
import { correlate, type Label, label, MAX_LABELS, PARSE_LIMIT, type Payload, type Protocol } from './protocol.ts';
import { textOfPayload } from './wire/bytes.ts';
import { isObject, type Json, readJson } from './wire/json.ts';
import { unwrapScript } from './wire/jsonp.ts';
import { endpointOf, isWebSocketUrl, pathOf, queryOf } from './wire/url.ts';

/** CometD and Faye: https://docs.cometd.org/current/reference/#_bayeux */
export const bayeux: Protocol = {
  id: 'bayeux',
  displayName: 'Bayeux',
  parameters: ['jsonp'],
  claims: ({ url, method }) =>
    ENDPOINT.test(pathOf(url)) && (method === 'POST' || isWebSocketUrl(url) || queryOf(url, 'jsonp') !== null),
  recognises: (payload) => {
    const [first] = messages(payload);
    return first !== undefined && META.test(String(first.channel));
  },
  decode: (payload, direction) => messages(payload).flatMap((message) => ofMessage(message, direction)),
  side: ({ url }) => {
    const [, operation] = ENDPOINT.exec(pathOf(url)) ?? [];
    if (operation === undefined || isWebSocketUrl(url)) return null;
    return operation === 'connect' ? 'downlink' : operation === 'handshake' ? 'handshake' : 'uplink';
  },
  session: ({ url }) => endpointOf(url).replace(/\/(?:handshake|connect|disconnect)?$/, ''),
};

/** Where the two implementations live unless told otherwise; CometD's client appends the operation. */
const ENDPOINT = /\/(?:cometd|faye|bayeux)(?:\/(handshake|connect|disconnect)?)?$/;
const META = /^\/meta\/(?:handshake|connect|disconnect|subscribe|unsubscribe)$/;

function messages(payload: Payload): Json[] {
  const value = readJson(unwrapScript(textOfPayload(payload, PARSE_LIMIT)));
  const list = Array.isArray(value) ? value : [value];
  return list.slice(0, MAX_LABELS).filter((each) => isObject(each) && typeof each.channel === 'string');
}

function ofMessage(message: Json, direction: Direction): Label[] {
  const channel = message.channel as string;
  const correlation = correlate(message.id, direction, 'successful' in message);
  if (META.test(channel)) {
    const op = channel.slice('/meta/'.length);
    // A connect that brings no more than itself is how the line is held.
    const role = op === 'connect' && message.successful !== false ? 'heartbeat' : 'control';
    return [label(role, op, null, correlation)];
  }
  if ('data' in message)
    return [direction === 'sent' ? label('data', 'publish', channel, correlation) : label('data', 'message', channel)];
  return 'successful' in message ? [label('control', 'ack', channel, correlation)] : [];
}
