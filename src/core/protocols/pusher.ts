import type { Direction } from '../../protocol.ts';
import { correlate, type Label, label, type Protocol } from './protocol.ts';
import { isObject, type Json, readObject, textOf } from './wire/json.ts';
import { pathOf, queryOf } from './wire/url.ts';

/** https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/; also Soketi, Laravel Reverb. */
export const pusher: Protocol = {
  id: 'pusher',
  displayName: 'Pusher Channels',
  parameters: ['protocol'],
  claims: ({ url }) => /\/app\/[\w-]+$/.test(pathOf(url)) && /^\d+$/.test(queryOf(url, 'protocol') ?? ''),
  recognises: (payload) => typeof payload === 'string' && OWN_EVENT.test(payload.slice(0, 1000)),
  decode: (payload, direction) => {
    const message = typeof payload === 'string' ? readObject(payload) : null;
    return message === null || typeof message.event !== 'string' ? [] : [ofMessage(message, message.event, direction)];
  },
};

const OWN_EVENT = /^\{"(?:[^{}]{0,400}")?event":"pusher(?:_internal)?:[a-z_]+"/;

function ofMessage(message: Json, event: string, direction: Direction): Label {
  const channel = textOf(message.channel);
  const [, owner, op] = /^(pusher|pusher_internal):(.+)$/.exec(event) ?? [];
  if (op === undefined || owner === undefined) return label('data', event, channel);
  switch (op) {
    case 'ping':
    case 'pong':
      return label('heartbeat', op);
    case 'member_added':
    case 'member_removed':
      return label('data', op, channel);
    case 'subscribe': {
      const name = isObject(message.data) ? textOf(message.data.channel) : channel;
      return label('control', op, name, correlate(name, direction, false));
    }
    case 'subscription_succeeded':
    case 'subscription_error':
      return label('control', op, channel, correlate(channel, direction, true));
    default:
      return label('control', op, channel);
  }
}
