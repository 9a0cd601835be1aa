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
import { eventData, getterOf, listen, nativeSetTimeout, now, observeEvent, uncurryThis, wallNow } from './natives.ts';

/** Takes one event of the hooks on its way. */
export type Emit = (event: PageEvent) => void;

const NativeMessageEvent = MessageEvent;
const dispatchEvent = uncurryThis(EventTarget.prototype.dispatchEvent);
const baseURI = getterOf(Node.prototype, 'baseURI');

/**
 * A fixed ring of events. While nobody listens it keeps the newest and counts what it lost;
 * while the recorder listens it empties itself every BATCH_EVENTS events or BATCH_DELAY_MS.
 *
 * `far` is the port the relay was given: the same object in both worlds, out of the page's reach. A batch is dispatched
 * on it, not posted through it, because a posted message is a task of its own, and a document that is left runs no more tasks.
 */
export function createOutbox({ port1: near, port2: far }: MessageChannel, pageDocument: Document): Emit {
  // Filled once, so that its slots are own properties: a setter planted on Array.prototype is never reached.
  const ring: (PageEvent | null)[] = [];
  for (let i = 0; i < RING_EVENTS; i++) ring[i] = null;
  let first = 0;
  let count = 0;
  let chars = 0;
  let dropped = 0;
  let live = false;
  let timerSet = false;
  let leaving = false;

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
      dispatchEvent(far, new NativeMessageEvent('message', { __proto__: null, data: batch } as MessageEventInit));
    }
  }

  function flushLater(): void {
    if (timerSet) return;
    timerSet = true;
    attend();
    nativeSetTimeout(() => {
      timerSet = false;
      flush();
    }, BATCH_DELAY_MS);
  }

  function leave(): void {
    leaving = true;
    flush();
  }
  function stay(): void {
    leaving = false;
  }
  /** Again and again, at no cost when it is so already: `document.open()` takes all listeners away. */
  function attend(): void {
    listen(window, 'pagehide', leave, true);
    listen(window, 'pageshow', stay, true);
  }

  observeEvent(near, 'message', (event) => {
    const order: Order = eventData(event as MessageEvent);
    if (order.order !== 'ack') live = order.order === 'start';
    attend();
    flush();
  });
  uncurryThis(MessagePort.prototype.start)(near);

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
    // A timer set now would never fire.
    if (leaving || count >= BATCH_EVENTS) flush();
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
