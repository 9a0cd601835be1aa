import {
  BATCH_DELAY_MS,
  BATCH_EVENTS,
  type Batch,
  type Order,
  type PageEvent,
  PROTOCOL_VERSION,
  RING_CHARS,
  RING_EVENTS,
} from '../protocol.ts';
import { eventData, getterOf, listen, nativeSetTimeout, now, uncurryThis, wallNow } from './natives.ts';

/** An event before it has its clock reading. */
export type Emit = (event: PageEvent) => void;

const postMessage = uncurryThis(MessagePort.prototype.postMessage) as (port: MessagePort, message: unknown) => void;
const baseURI = getterOf(Node.prototype, 'baseURI');

/**
 * A fixed ring of events. While nobody listens it keeps the newest and counts what it lost;
 * while the recorder listens it empties itself every BATCH_EVENTS events or BATCH_DELAY_MS.
 */
export function createOutbox(port: MessagePort, pageDocument: Document): Emit {
  // Filled once, so that its slots are own properties: a setter planted on Array.prototype is never reached.
  const ring: (PageEvent | null)[] = [];
  for (let i = 0; i < RING_EVENTS; i++) ring[i] = null;
  let first = 0;
  let count = 0;
  let chars = 0;
  let dropped = 0;
  let live = false;
  let timerSet = false;

  function take(): PageEvent {
    const event = ring[first]!;
    ring[first] = null;
    first = (first + 1) % RING_EVENTS;
    count--;
    chars -= charsOf(event);
    return event;
  }

  function flush(): void {
    while (live && count > 0) {
      const events: PageEvent[] = [];
      const size = count < BATCH_EVENTS ? count : BATCH_EVENTS;
      for (let i = 0; i < size; i++) defineOwn(events, i, take());
      const batch: Batch = {
        v: PROTOCOL_VERSION,
        wallAt: wallNow(),
        monoAt: now(),
        base: baseURI(pageDocument),
        dropped,
        events,
      };
      dropped = 0;
      postMessage(port, batch);
    }
  }

  function flushLater(): void {
    if (timerSet) return;
    timerSet = true;
    nativeSetTimeout(() => {
      timerSet = false;
      flush();
    }, BATCH_DELAY_MS);
  }

  listen(port, 'message', (event) => {
    const order: Order = eventData(event as MessageEvent);
    live = order === 'start';
    flush();
  });
  uncurryThis(MessagePort.prototype.start)(port);
  listen(window, 'pagehide', flush, true);

  return (event) => {
    const size = charsOf(event);
    while (count > 0 && (count === RING_EVENTS || chars + size > RING_CHARS)) {
      take();
      dropped++;
    }
    ring[(first + count) % RING_EVENTS] = event;
    count++;
    chars += size;
    if (!live) return;
    if (count >= BATCH_EVENTS) flush();
    else flushLater();
  };
}

const { defineProperty } = Reflect;
/** `list[i] = value` which cannot run a setter of Array.prototype. */
function defineOwn<T>(list: T[], i: number, value: T): void {
  defineProperty(list, i, {
    __proto__: null,
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  } as PropertyDescriptor);
}

function charsOf(event: PageEvent): number {
  switch (event.kind) {
    case 'message':
      return 64 + (event.text === null ? 0 : event.text.length);
    case 'request':
    case 'response':
    case 'connect':
      return 64 + (event.url === null ? 0 : event.url.length);
    default:
      return 64;
  }
}
