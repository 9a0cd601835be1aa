import { TEXT_CHARS } from '../protocol.ts';
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
  textHead,
  utf8Bytes,
} from './natives.ts';
import type { Emit } from './outbox.ts';
import { observeConstructor, observed, observeMethod, quietly } from './patch.ts';

const urlOf = getterOf(EventSource.prototype, 'url');
const readyState = getterOf(EventSource.prototype, 'readyState');
const lastEventId = getterOf(MessageEvent.prototype, 'lastEventId');
const CLOSED = 2;

/**
 * Observes EventSource through listeners added at construction: they run first and cannot be silenced.
 * Named events are seen once the page listens for them; those nobody listens for are invisible to any page hook.
 */
export function hookEventSource(emit: Emit, nextId: () => number): void {
  const known = createWeakMap<EventSource, { id: number; types: Record<string, true> }>();

  function hear(source: EventSource, id: number, type: string): void {
    observeEvent(source, type, (event) => {
      const data: unknown = eventData(event as MessageEvent);
      if (typeof data !== 'string') return;
      emit({
        kind: 'message',
        id,
        at: now(),
        direction: 'received',
        type,
        payloadBytes: utf8Bytes(data),
        text: textHead(data, TEXT_CHARS),
        bytes: null,
        contentId: null,
        lastEventId: lastEventId(event as MessageEvent),
      });
    });
  }

  observeConstructor<EventSource>(window, 'EventSource', (source) => {
    const id = nextId();
    known.set(source, { id, types: { __proto__: null, open: true, error: true, message: true } as never });
    emit({ kind: 'connect', id, at: now(), api: 'event-source', url: urlOf(source), stack: null });
    observeEvent(source, 'open', () => emit({ kind: 'open', id, at: now(), protocol: '', extensions: '' }));
    observeEvent(source, 'error', () => {
      if (readyState(source) === CLOSED)
        emit({ kind: 'close', id, at: now(), code: null, reason: '', wasClean: false });
      else emit({ kind: 'reconnecting', id, at: now() });
    });
    hear(source, id, 'message');
  });

  // EventSource gets an addEventListener of its own, which calls whatever EventTarget.prototype holds at that moment:
  // page patches of EventTarget (zone.js, Sentry) still see the call, and EventTarget itself stays untouched.
  const parent = EventTarget.prototype;
  const inherited = getOwnPropertyDescriptor(parent, 'addEventListener')!;
  defineProperty(EventSource.prototype, 'addEventListener', {
    ...inherited,
    value: observed(inherited.value as AnyFunction, (self, args) => {
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

  observeMethod(EventSource.prototype, 'close', (self, _args, invoke) => {
    const source = known.get(self);
    if (source !== undefined) {
      quietly(() => {
        if (readyState(self as EventSource) !== CLOSED)
          emit({ kind: 'close', id: source.id, at: now(), code: null, reason: '', wasClean: true });
      });
    }
    return invoke();
  });
}
