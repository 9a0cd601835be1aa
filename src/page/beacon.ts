import { argument, now, sizeOf, urlHref } from './natives.ts';
import type { Emit } from './outbox.ts';
import { observeMethod, quietly } from './patch.ts';

/** Observes `navigator.sendBeacon`: one request whose response nobody sees. */
export function hookBeacon(emit: Emit, nextId: () => number): void {
  observeMethod(Navigator.prototype, 'sendBeacon', (_self, args, invoke) => {
    const at = now();
    const queued = invoke();
    if (queued === true) {
      quietly(() => {
        const target = argument(args, 0);
        const url = typeof target === 'string' ? target : urlHref(target);
        const bodyBytes = sizeOf(argument(args, 1));
        emit({
          kind: 'request',
          id: nextId(),
          at,
          api: 'beacon',
          method: 'POST',
          url,
          bodyBytes,
          bodyText: null,
          stack: null,
        });
      });
    }
    return queued;
  });
}
