import { argument, now } from './natives.ts';
import type { Outbox } from './outbox.ts';
import { type Observe, observeMethod, quietly, run } from './patch.ts';
import { sizeOf } from './payload.ts';
import { requestText, writtenUrl } from './request.ts';
import { stackFor } from './stack.ts';

/** Observes `navigator.sendBeacon`: one request whose response nobody sees. */
export function hookBeacon(outbox: Outbox): void {
  const sendBeacon: Observe = (native, self, args) => {
    const at = now();
    const queued = run(native, self, args);
    if (queued === true) {
      quietly(() => {
        const url = writtenUrl(argument(args, 0));
        const body = argument(args, 1);
        const stack = stackFor(outbox, sendBeacon);
        outbox.emit(['request', outbox.nextId(), at, 'beacon', 'POST', url, sizeOf(body), requestText(body), stack]);
      });
    }
    return queued;
  };
  observeMethod(Navigator.prototype, 'sendBeacon', sendBeacon);
}
