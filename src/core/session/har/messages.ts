import type { Message } from '../../store/messages.ts';
import { utf8Bytes } from '../../utf8.ts';
import { toBase64 } from '../base64.ts';
import type { Redactor } from '../redact/redactor.ts';

/**
 * Messages as Chromium's DevTools write them. `_length`, where it is there, is the true size of a payload whose content was
 * not kept, was cut short, or lost a secret.
 */
export function webSocketMessage(message: Message, { text, bytes }: Redactor): object {
  const { at, direction, content, type } = message;
  const isBinary = content === null ? type !== 'text' : typeof content !== 'string';
  const data = content === null ? '' : typeof content === 'string' ? text(content) : toBase64(bytes(content));
  const written = typeof content === 'string' ? utf8Bytes(data) : (content?.length ?? 0);
  return {
    type: direction === 'sent' ? 'send' : 'receive',
    time: at / 1000,
    opcode: isBinary ? 2 : 1,
    data,
    ...lengthOf(message, written),
  };
}

export function eventSourceMessage(message: Message, { text }: Redactor): object {
  const { at, type, lastEventId, content } = message;
  const data = typeof content === 'string' ? text(content) : '';
  return { time: at / 1000, eventName: type, eventId: lastEventId, data, ...lengthOf(message, utf8Bytes(data)) };
}

const lengthOf = ({ payloadBytes }: Message, written: number): object =>
  payloadBytes === null || payloadBytes === written ? {} : { _length: payloadBytes };
