import type { Direction } from '../../protocol.ts';
import { correlate, type Label, label, type Protocol } from './protocol.ts';
import { type Json, readObject, textOf } from './wire/json.ts';

/** https://docs.anycable.io/misc/action_cable_protocol, AnyCable's extension included. */
export const actionCable: Protocol = {
  id: 'actioncable',
  displayName: 'Action Cable',
  claims: ({ subprotocol }) => /^actioncable-(?:unsupported|v1(?:-ext)?-json)$/.test(subprotocol),
  recognises: (payload) => {
    const message = typeof payload === 'string' && payload.includes('"identifier"') ? readObject(payload) : null;
    if (message === null || !textOf(message.identifier)?.startsWith('{"channel":"')) return false;
    return 'command' in message || 'message' in message || 'type' in message;
  },
  decode: (payload, direction) => {
    const message = typeof payload === 'string' ? readObject(payload) : null;
    return message === null ? [] : ofMessage(message, direction);
  },
};

function ofMessage({ type, command, identifier, message, data }: Json, direction: Direction): Label[] {
  const key = textOf(identifier);
  const channel = key === null ? null : channelIn(key);
  if (typeof command === 'string') {
    if (command === 'message') return [label('data', 'message', actionIn(data) ?? channel)];
    if (command === 'pong') return [label('heartbeat', 'pong')];
    return [label('control', command, channel, command === 'subscribe' ? correlate(key, direction, false) : null)];
  }
  switch (type) {
    case 'ping':
      return [label('heartbeat', 'ping')];
    case 'confirm_subscription':
    case 'reject_subscription':
      return [label('control', type, channel, correlate(key, direction, true))];
    case undefined:
      return key !== null && message !== undefined ? [label('data', 'message', channel)] : [];
    default:
      return typeof type === 'string' ? [label('control', type, channel)] : [];
  }
}

/** `{"channel":"ChatChannel","room":1}` → `ChatChannel`; other identifiers are names themselves. */
const channelIn = (identifier: string): string => textOf(readObject(identifier)?.channel) ?? identifier;

/** `perform('speak', …)` sends `{"action":"speak",…}`. */
const actionIn = (data: unknown): string | null => (typeof data === 'string' ? textOf(readObject(data)?.action) : null);
