import type { Direction } from '../../protocol.ts';

/** What is known when a channel begins or a message comes. */
export interface Hint {
  /** Absolute. */
  url: string;
  method: string;
  /** What the WebSocket handshake agreed on; '' for none. */
  subprotocol: string;
  contentType: string | null;
  /** Name of the server-sent event whose data the payload is ('message' unless named); null: the payload is no single event. */
  eventName: string | null;
}

export type Payload = string | Uint8Array;

/**
 * heartbeat: keeps the line alive, neither news nor the app's waste ·
 * control: handshake, subscription, delivery receipt, close · data: what the app came for, replies to its calls included.
 */
export type Role = 'heartbeat' | 'control' | 'data';

/** What one packet is. */
export interface Label {
  role: Role;
  /** Operation or packet: `event`, `ping`, `subscribe`; where messages have a topic, the event sent to it. */
  op: string;
  /** Event name, topic, channel, procedure. */
  name: string | null;
  /** The same on a request and its reply; what the server asks of the page begins with `<`. */
  correlation: string | null;
  /** The decoded payload where it differs from plain JSON. */
  detail?: unknown;
}

/** Which part of a transport made of several HTTP requests one of them is. */
export type Side = 'downlink' | 'uplink' | 'handshake';

export interface Protocol {
  id: string;
  /** As its makers write it; not translated. */
  displayName: string;
  /** Certain from URL, subprotocol or content type alone. */
  claims(hint: Hint): boolean;
  /** Query parameters that `claims` looks at; of others it is not told. */
  parameters?: readonly string[];
  /** Certain from one payload, for protocols whose URL says nothing. False: cannot tell. */
  recognises?(payload: Payload, direction: Direction, hint: Hint): boolean;
  /** Labels of the packets in one payload; unknown payload → []. Never throws. */
  decode(payload: Payload, direction: Direction, hint: Hint): Label[];
  /** null: both ways at once, or not to be told from the hint. */
  side?(hint: Hint): Side | null;
  /** The URL without what is made anew for each session, so that a reconnect is known as one. */
  canonicalUrl?(url: string): string;
  /**
   * A key that the requests (and WebSocket) of one transport share. Defined for any URL: a channel that nothing names
   * belongs to a transport when it has its key (SignalR's requests, after the handshake).
   */
  session?(hint: Hint): string | null;
}

/** Packets read of one payload; a body made of more is counted up to here. */
export const MAX_LABELS = 10_000;
/** Characters or bytes of one packet that are parsed; of larger ones the head is read. */
export const PARSE_LIMIT = 65_536;
/** The label of binary data that belongs to an event counted already. */
export const ATTACHMENT = 'attachment';

export function label(
  role: Role,
  op: string,
  name: string | null = null,
  correlation: string | null = null,
  detail?: unknown,
): Label {
  return { role, op, name, correlation, detail };
}

/** Correlation of a packet with request id `id`; `isReply`: it answers, the other side asked. null without an id. */
export function correlate(id: unknown, direction: Direction, isReply: boolean): string | null {
  if (typeof id !== 'string' && typeof id !== 'number') return null;
  return (direction === 'sent') !== isReply ? String(id) : `<${id}`;
}
