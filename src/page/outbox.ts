import {
  BATCH_CHARS,
  BATCH_DELAY_MS,
  BATCH_EVENTS,
  BUSY_DELAY_MS,
  BUSY_EVENTS,
  EVENT_CHARS,
  type Order,
  PROTOCOL_VERSION,
  RING_CHARS,
  RING_EVENTS,
  TEXT_CHARS,
  type Wanted,
  type WireBatch,
  type WireEvent,
} from '../protocol.ts';
import { createEncoder, textLength } from './encode.ts';
import { eventData, getterOf, listen, nativeSetTimeout, now, observeEvent, uncurryThis, wallNow } from './natives.ts';
import { textHead } from './payload.ts';
import { areOnePiece } from './piece.ts';
import { createStage } from './stage.ts';
import { createWindow } from './window.ts';

/** Takes the events of the hooks on their way. */
export interface Outbox {
  /** `staged`: the bytes whose number is in the event, copied before this returns. */
  emit(event: WireEvent, staged?: Uint8Array, stagedBytes?: number): void;
  nextId(): number;
  /** What the recorder wants; null while nobody listens. */
  wanted: Wanted | null;
}

const NativeMessageEvent = MessageEvent;
const dispatchEvent = uncurryThis(EventTarget.prototype.dispatchEvent);
const baseURI = getterOf(Node.prototype, 'baseURI');

/**
 * A fixed ring of events. While nobody listens it keeps the newest and counts what it lost; while the recorder listens it empties
 * itself every so many events, characters or milliseconds, as long as the recorder keeps up.
 *
 * `far` is the port the relay was given: the same object in both worlds, out of the page's reach. A batch is dispatched
 * on it, not posted through it, because a posted message is a task of its own, and a document that is left runs no more tasks.
 */
export function createOutbox({ port1: near, port2: far }: MessageChannel, pageDocument: Document): Outbox {
  // Filled once, so that its slots are own properties: a setter planted on Array.prototype is never reached.
  const ring: (WireEvent | null)[] = [];
  /** Of each event, its characters and bytes, and its bytes alone. */
  const sizes: number[] = [];
  const stagedBytes: number[] = [];
  for (let i = 0; i < RING_EVENTS; i++) {
    ring[i] = null;
    sizes[i] = 0;
    stagedBytes[i] = 0;
  }
  const stage = createStage(RING_CHARS);
  const encoder = createEncoder();
  const onTheirWay = createWindow();
  let first = 0;
  let count = 0;
  let chars = 0;
  let dropped = 0;
  let lastId = 0;
  /** Characters of a batch, which are as wide as those of the one before it. */
  let mostChars = BATCH_CHARS;
  let isBusy = false;
  let timerSet = false;
  let leaving = false;

  /** Moves the oldest events to a batch of their own. */
  function nextBatch(): WireBatch {
    let events = 0;
    let size = 0;
    let bytes = 0;
    for (; events < count && events < BATCH_EVENTS; events++) {
      const slot = (first + events) % RING_EVENTS;
      if (events > 0 && size + sizes[slot]! > mostChars) break;
      size += sizes[slot]!;
      bytes += stagedBytes[slot]!;
    }
    for (let i = 0; i < events; i++) {
      encoder.add(ring[first]!);
      forgetOldest();
    }
    onTheirWay.add(size);
    mostChars = encoder.isWide() ? BATCH_CHARS / 2 : BATCH_CHARS;
    isBusy = events >= BUSY_EVENTS;
    const { times, fields, text } = encoder.take();
    const batch: WireBatch = {
      v: PROTOCOL_VERSION,
      wallAt: wallNow(),
      monoAt: now(),
      base: textHead(baseURI(pageDocument), TEXT_CHARS),
      dropped,
      count: events,
      times,
      fields,
      text,
      bytes: stage.take(bytes),
    };
    dropped = 0;
    return batch;
  }

  function forgetOldest(): void {
    ring[first] = null;
    chars -= sizes[first]!;
    first = (first + 1) % RING_EVENTS;
    count--;
  }

  function drop(): void {
    stage.drop(stagedBytes[first]!);
    forgetOldest();
    dropped++;
  }

  function flush(): void {
    // A document that is left cannot wait for acknowledgements.
    while (outbox.wanted !== null && count > 0 && (leaving || onTheirWay.hasRoom())) {
      const data = nextBatch();
      dispatchEvent(far, new NativeMessageEvent('message', { __proto__: null, data } as MessageEventInit));
    }
  }

  function flushLater(): void {
    if (timerSet) return;
    timerSet = true;
    attend();
    nativeSetTimeout(
      () => {
        timerSet = false;
        flush();
      },
      isBusy ? BUSY_DELAY_MS : BATCH_DELAY_MS,
    );
  }

  function isAdded(event: WireEvent, staged: Uint8Array | undefined, bytes: number): boolean {
    if (event[0] !== 'chunk' || count === 0 || chars + bytes > mostChars) return false;
    const slot = (first + count - 1) % RING_EVENTS;
    const newest = ring[slot] as typeof event;
    if (!areOnePiece(newest, event)) return false;
    newest[3] += event[3];
    if (staged === undefined) return true;
    stage.put(staged, bytes);
    newest[5]! += bytes;
    sizes[slot]! += bytes;
    stagedBytes[slot]! += bytes;
    chars += bytes;
    return true;
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

  function obey(order: Order): void {
    switch (order.order) {
      case 'start':
        outbox.wanted = order.wanted;
        break;
      case 'stop':
        outbox.wanted = null;
        onTheirWay.clear();
        // What the recorder did not take in time.
        while (count > 0) drop();
        stage.free();
        encoder.free();
        break;
      case 'ack':
        onTheirWay.remove(order.batches);
    }
    attend();
    flush();
  }

  observeEvent(near, 'message', (event) => obey(eventData(event as MessageEvent)));
  uncurryThis(MessagePort.prototype.start)(near);

  const outbox: Outbox = {
    wanted: null,
    nextId: () => ++lastId,
    emit(event, staged, bytes = 0) {
      if (isAdded(event, staged, bytes)) return;
      const size = EVENT_CHARS + textLength(event) + bytes;
      // What is there makes a batch; with this it would make one and a little one.
      if (count > 0 && chars + size > mostChars) flush();
      while (count > 0 && (count === RING_EVENTS || chars + size > RING_CHARS)) drop();
      if (staged !== undefined) stage.put(staged, bytes);
      const slot = (first + count) % RING_EVENTS;
      ring[slot] = event;
      sizes[slot] = size;
      stagedBytes[slot] = bytes;
      count++;
      chars += size;
      if (outbox.wanted === null) return;
      // A timer set now would never fire.
      if (leaving || count >= BATCH_EVENTS || chars >= mostChars) flush();
      else flushLater();
    },
  };
  return outbox;
}
