import { TEXT_CHARS } from '../protocol.ts';
import type { MessageTeller } from './message.ts';
import {
  type AnyFunction,
  apply,
  argument,
  createWeakMap,
  defineProperty,
  eventData,
  getOwnPropertyDescriptor,
  getterOf,
  now,
  observeEvent,
} from './natives.ts';
import type { Outbox } from './outbox.ts';
import { observeConstructor, observed, observeMethod, quietly, run } from './patch.ts';
import { textHead } from './payload.ts';
import { stackFor } from './stack.ts';

const urlOf = getterOf(EventSource.prototype, 'url');
const readyState = getterOf(EventSource.prototype, 'readyState');
const lastEventId = getterOf(MessageEvent.prototype, 'lastEventId');
const CLOSED = 2;

/**
 * Observes EventSource through listeners added at construction: they run first and cannot be silenced.
 * Named events are seen once the page listens for them; those nobody listens for are invisible to any page hook.
 */
export function hookEventSource(outbox: Outbox, tell: MessageTeller): void {
  const known = createWeakMap<EventSource, { id: number; types: Record<string, true> }>();

  function hear(source: EventSource, id: number, type: string): void {
    const name = textHead(type, TEXT_CHARS);
    observeEvent(source, type, (event) => {
      const data: unknown = eventData(event as MessageEvent);
      if (typeof data === 'string')
        tell.text(id, 'received', data, name, textHead(lastEventId(event as MessageEvent), TEXT_CHARS));
    });
  }

  observeConstructor<EventSource>(window, 'EventSource', (source, _args, hook) => {
    const id = outbox.nextId();
    known.set(source, { id, types: { __proto__: null, open: true, error: true, message: true } as never });
    outbox.emit(['connect', id, now(), 'event-source', urlOf(source), stackFor(outbox, hook)]);
    observeEvent(source, 'open', () => outbox.emit(['open', id, now(), '', '']));
    observeEvent(source, 'error', () => {
      if (readyState(source) === CLOSED) outbox.emit(['close', id, now(), null, '', false]);
      else outbox.emit(['reconnecting', id, now()]);
    });
    hear(source, id, 'message');
  });

  // EventSource gets an addEventListener of its own, which calls whatever EventTarget.prototype holds at that moment:
  // page patches of EventTarget (zone.js, Sentry) still see the call, and EventTarget itself stays untouched.
  const parent = EventTarget.prototype;
  const inherited = getOwnPropertyDescriptor(parent, 'addEventListener')!;
  defineProperty(EventSource.prototype, 'addEventListener', {
    ...inherited,
    value: observed(inherited.value as AnyFunction, (_native, self, args) => {
      quietly(() => {
        const source = known.get(self);
        const type = argument(args, 0);
        if (source === undefined || typeof type !== 'string' || type in source.types) return;
        source.types[type] = true;
        hear(self as EventSource, source.id, type);
      });
      return apply(parent.addEventListener, self as EventTarget, args as never);
    }),
  });

  observeMethod(EventSource.prototype, 'close', (native, self, args) => {
    const source = known.get(self);
    if (source !== undefined && readyState(self as EventSource) !== CLOSED)
      quietly(() => outbox.emit(['close', source.id, now(), null, '', true]));
    return run(native, self, args);
  });
}
