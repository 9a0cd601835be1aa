import type { Channel } from '../channels.ts';
import { eventStreamFramingBytes, webSocketFrameHeaderBytes } from '../metrics/framing.ts';
import { VOLATILE_KEY } from '../metrics/nothing.ts';
import { isHeartbeat, isWithoutData } from '../protocols/labels.ts';
import type { Label } from '../protocols/protocol.ts';
import { labelsOfMessage } from '../rows/hints.ts';
import type { MessageFacts, MessageRole } from '../simulate/facts.ts';
import type { Log } from '../state.ts';
import type { Message } from '../store/messages.ts';
import { utf8Bytes } from '../utf8.ts';
import { NEWEST } from './channel.ts';
import { itemsIn } from './items.ts';
import type { Opening } from './openings.ts';

/** Of each direction, what the next message is compared with. */
type Previous = Map<Message['direction'], { text: string; steady: string | null }>;

/** A channel's newest messages, in order of time, each with the connection that carried it. */
export function messageFacts(
  { history: { messages } }: Log,
  channel: Channel,
  openings: readonly Opening[],
  names: RegExp,
): MessageFacts[] {
  const seqs = messages.of(channel.id);
  const previous: Previous = new Map();
  let lastEventId = '';
  const facts: MessageFacts[] = [];
  const connectionOf = finder(openings);
  for (let i = Math.max(seqs.length - NEWEST, 0); i < seqs.length; i++) {
    const message = messages.get(seqs.at(i));
    if (message === null) continue;
    const { at, direction, payloadBytes, content } = message;
    const labels = labelsOfMessage(channel, message);
    const text = typeof content === 'string' ? content : null;
    const whole = text !== null && (payloadBytes === null || utf8Bytes(text) === payloadBytes) ? text : null;
    const role = roleOf(labels);
    facts.push({
      connectionId: connectionOf(message),
      at,
      direction,
      role,
      binary: content instanceof Uint8Array || message.type === 'binary',
      payloadBytes,
      framingBytes: framingBytesOf(channel, message, lastEventId),
      correlation: labels.find(({ correlation }) => correlation !== null)?.correlation ?? null,
      repeats: whole === null || role !== 'data' ? null : repeatsOf(whole, direction, previous),
      items: whole === null || role !== 'data' ? null : itemsIn(whole, payloadBytes, at, names, () => labels),
      text: whole,
    });
    lastEventId = message.lastEventId;
  }
  return facts.toSorted((a, b) => a.at - b.at);
}

const roleOf = (labels: readonly Label[]): MessageRole =>
  isHeartbeat(labels) ? 'heartbeat' : isWithoutData(labels) ? 'control' : 'data';

/** The opening of a message's carrier that was the newest when it came. */
function finder(openings: readonly Opening[]): (message: Message) => number {
  const byCarrier = new Map<number, Opening[]>();
  for (const opening of openings)
    byCarrier.set(opening.carrierId, [...(byCarrier.get(opening.carrierId) ?? []), opening]);
  return ({ carrierId, at }) => {
    const own = byCarrier.get(carrierId) ?? [];
    const opening = own.findLast(({ facts: { openedAt } }) => openedAt !== null && openedAt <= at) ?? own[0];
    return opening?.facts.id ?? 0;
  };
}

const LINE_END_BYTES = 1;

/** null where nobody knows what a stream puts around its messages. */
function framingBytesOf(channel: Channel, message: Message, before: string): number | null {
  const { type, payloadBytes, content, direction, lastEventId } = message;
  switch (channel.standing?.verdict.transport) {
    case 'websocket':
      return payloadBytes === null ? null : webSocketFrameHeaderBytes(payloadBytes, direction === 'sent');
    case 'sse':
      if (typeof content !== 'string') return null;
      // The browser repeats the last id on events that bring none of their own.
      return eventStreamFramingBytes(type, lastEventId === before ? null : lastEventId, content);
    case 'http-stream':
      return type === 'text' ? LINE_END_BYTES : null;
    default:
      return null;
  }
}

/** Characters of a message that are taken apart to find out whether more than the time has changed. */
const MAX_STEADY_CHARS = 65_536;

function repeatsOf(text: string, direction: Message['direction'], previous: Previous): MessageFacts['repeats'] {
  const before = previous.get(direction);
  if (before?.text === text) return 'identical';
  const steady = steadyOf(text);
  previous.set(direction, { text, steady });
  return steady !== null && steady === before?.steady ? 'volatile-only' : null;
}

/** The message without keys whose change alone is no news; null when it has none, or is no JSON. */
function steadyOf(text: string): string | null {
  if (text.length > MAX_STEADY_CHARS || !/^\s*[{[]/.test(text)) return null;
  try {
    return JSON.stringify(JSON.parse(text), (key, value) => (VOLATILE_KEY.test(key) ? undefined : value));
  } catch {
    return null;
  }
}
