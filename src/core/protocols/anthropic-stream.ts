import { type Label, label, type Protocol } from './protocol.ts';
import { isObject, type Json, readObject, textOf } from './wire/json.ts';
import { isEventStream, pathOf } from './wire/url.ts';

/** https://docs.anthropic.com/en/api/messages-streaming */
export const anthropicStream: Protocol = {
  id: 'anthropic-stream',
  displayName: 'Anthropic stream',
  claims: (hint) => isEventStream(hint) && pathOf(hint.url).endsWith('/v1/messages'),
  recognises: (payload, direction) => {
    const event = direction === 'received' && typeof payload === 'string' ? readObject(payload) : null;
    return event?.type === 'message_start' && isObject(event.message) && event.message.role === 'assistant';
  },
  decode: (payload, direction) => {
    const event = direction === 'received' && typeof payload === 'string' ? readObject(payload) : null;
    return event === null ? [] : ofEvent(event);
  },
};

function ofEvent({ type, delta }: Json): Label[] {
  switch (type) {
    case 'ping':
      return [label('heartbeat', type)];
    case 'content_block_delta':
      return [label('data', type, isObject(delta) ? textOf(delta.type) : null)];
    case 'message_start':
    case 'content_block_start':
    case 'content_block_stop':
    case 'message_delta':
    case 'message_stop':
    case 'error':
      return [label('control', type)];
    default:
      return [];
  }
}
