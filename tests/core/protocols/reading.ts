import type { Hint, Label, Payload, Protocol } from '../../../src/core/protocols/protocol.ts';
import type { Direction } from '../../../src/protocol.ts';

/** A hint for `url`, by default that of a WebSocket without subprotocol or of a plain GET. */
export const at = (url: string, rest: Partial<Hint> = {}): Hint => ({
  url,
  method: 'GET',
  subprotocol: '',
  contentType: null,
  eventName: null,
  ...rest,
});

export const SOMEWHERE = at('wss://example.test/live');

export const received = (protocol: Protocol, payload: Payload, hint: Hint = SOMEWHERE): string[] =>
  read(protocol, payload, 'received', hint);

export const sent = (protocol: Protocol, payload: Payload, hint: Hint = SOMEWHERE): string[] =>
  read(protocol, payload, 'sent', hint);

/** Labels as words: `data event tick #7` is role, op, name, correlation. */
export const inWords = (labels: readonly Label[]): string[] =>
  labels.map(({ role, op, name, correlation }) =>
    [role, op, name, correlation === null ? null : `#${correlation}`].filter((word) => word !== null).join(' '),
  );

const read = (protocol: Protocol, payload: Payload, direction: Direction, hint: Hint): string[] =>
  inWords(protocol.decode(payload, direction, hint));

/** `bytes(0x10, 'MQTT', 4)`: numbers are bytes, texts their UTF-8. */
export const bytes = (...parts: (number | string | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'number' ? [part] : [...(typeof part === 'string' ? new TextEncoder().encode(part) : part)],
    ),
  );
