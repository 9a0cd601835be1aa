import { epochMs, stampNames } from '../metrics/stamps.ts';

/** An event that a payload speaks of. */
export interface NamedEvent {
  /** The same in every channel that carried it: its id, or when it happened. */
  key: string;
  /** Epoch ms of the server's clock; null: it does not say. */
  at: number | null;
}

/** Names under which servers tell one event from another. */
const ID_NAMES = ['id', 'eventId', 'event_id', 'messageId', 'message_id', 'uuid', '_id'];
const MAX_DEPTH = 4;
const MAX_EVENTS = 1000;

/**
 * The events in a JSON payload: of each branch the outermost object that has an id or a time stamp. `receivedAt` tells stamps from
 * other numbers. `lastEventId`: the id that the stream itself gave; '' for none.
 */
export function eventsIn(
  text: string,
  receivedAt: number,
  lastEventId = '',
  names: RegExp = stampNames(null),
): NamedEvent[] {
  const events: NamedEvent[] = [];
  try {
    collect(JSON.parse(text), receivedAt, MAX_DEPTH, names, events);
  } catch {
    // No JSON: the stream's own id, if any, is all there is.
  }
  if (events.length === 0 && lastEventId !== '') events.push({ key: lastEventId, at: null });
  return events;
}

function collect(value: unknown, near: number, depth: number, names: RegExp, events: NamedEvent[]): void {
  if (typeof value !== 'object' || value === null || depth === 0 || events.length >= MAX_EVENTS) return;
  if (!Array.isArray(value)) {
    const event = eventOf(value as Record<string, unknown>, near, names);
    if (event !== null) {
      events.push(event);
      return;
    }
  }
  for (const inner of Object.values(value)) collect(inner, near, depth - 1, names, events);
}

function eventOf(object: Record<string, unknown>, near: number, names: RegExp): NamedEvent | null {
  let at: number | null = null;
  for (const [name, field] of Object.entries(object)) {
    if (at === null && names.test(name)) at = epochMs(field, near);
  }
  for (const name of ID_NAMES) {
    const id = object[name];
    if ((typeof id === 'string' && id !== '') || typeof id === 'number') return { key: String(id), at };
  }
  return at === null ? null : { key: `@${at}`, at };
}
