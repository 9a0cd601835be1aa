import { now, sizeOf, urlHref } from './natives.ts';
import type { Emit } from './outbox.ts';
import { observeMethod, quietly } from './patch.ts';

/** Observes `navigator.sendBeacon`: one request whose response nobody sees. */
export function hookBeacon(emit: Emit, nextId: () => number): void {
  observeMethod(Navigator.prototype, 'sendBeacon', (_self, args, invoke) => {
    const at = now();
    const queued = invoke();
    if (queued === true) {
      quietly(() => {
        const url = typeof args[0] === 'string' ? args[0] : urlHref(args[0]);
        emit({ kind: 'request', id: nextId(), at, api: 'beacon', method: 'POST', url, bodyBytes: sizeOf(args[1]) });
      });
    }
    return queued;
  });
}
