import type { Direction } from '../../protocol.ts';
import { ATTACHMENT, type Hint, type Label, MAX_LABELS, type Payload, type Protocol } from './protocol.ts';
import { plainHeartbeat } from './wire/heartbeat.ts';
import { sseEvents } from './wire/sse.ts';
import { isEventStream, isWebSocketUrl } from './wire/url.ts';

/**
 * Labels of all packets in a payload: a WebSocket message, the data of one server-sent event, or a whole HTTP body
 * (event streams are taken apart here). Without a protocol, or where it knows the payload not, heartbeats of the
 * application's own are labelled. []: nothing is known of it.
 */
export function labelsOf(protocol: Protocol | null, payload: Payload, direction: Direction, hint: Hint): Label[] {
  if (typeof payload !== 'string' || direction === 'sent' || hint.eventName !== null || !isEventStream(hint))
    return labelsOfOne(protocol, payload, direction, hint);
  const labels: Label[] = [];
  for (const { eventName, data } of sseEvents(payload, MAX_LABELS)) {
    labels.push(...labelsOfOne(protocol, data, direction, { ...hint, eventName }));
    if (labels.length >= MAX_LABELS) break;
  }
  return labels.slice(0, MAX_LABELS);
}

function labelsOfOne(protocol: Protocol | null, payload: Payload, direction: Direction, hint: Hint): Label[] {
  const labels = protocol?.decode(payload, direction, hint) ?? [];
  if (labels.length > 0) return labels.length > MAX_LABELS ? labels.slice(0, MAX_LABELS) : labels;
  // An empty message says "I am here"; an empty HTTP body says nothing.
  if (payload.length === 0 && hint.eventName === null && !isWebSocketUrl(hint.url)) return [];
  const heartbeat = plainHeartbeat(payload, hint.eventName);
  return heartbeat === null ? [] : [heartbeat];
}

/** Does the payload do nothing but keep the line alive? */
export function isHeartbeatPayload(
  protocol: Protocol | null,
  payload: Payload,
  direction: Direction,
  hint: Hint,
): boolean {
  return isHeartbeat(labelsOf(protocol, payload, direction, hint));
}

/** Heartbeats and nothing else. */
export const isHeartbeat = (labels: readonly Label[]): boolean =>
  labels.length > 0 && labels.every(({ role }) => role === 'heartbeat');

/** Known packets, of which none carries what the app came for. */
export const isWithoutData = (labels: readonly Label[]): boolean =>
  labels.length > 0 && labels.every(({ role }) => role !== 'data');

/** Application messages among the packets; attachments belong to a message that is counted. */
export const dataCount = (labels: readonly Label[]): number =>
  labels.filter(({ role, op }) => role === 'data' && op !== ATTACHMENT).length;
