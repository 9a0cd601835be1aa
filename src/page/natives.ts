/**
 * The browser's own functions, captured before the first script of the page runs.
 * Hooks use nothing else: a page may replace any built-in later, and must neither break nor reach us by it.
 * Handlers of our proxies have a null prototype, or a trap planted on Object.prototype would be called.
 */

export const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
export const NativeProxy = Proxy;

type AnyFunction = (this: never, ...args: never[]) => unknown;

const { bind, call } = Function.prototype;
/** `uncurryThis(f)(self, ...args)` is `f.call(self, ...args)` without looking `call` up, and without an array for the arguments. */
export const uncurryThis = bind.bind(call as never) as unknown as <This, Args extends unknown[], R>(
  f: (this: This, ...args: Args) => R,
) => (self: This, ...args: Args) => R;

/** The getter of an accessor property, as a function of its object. It throws natively on an object of another kind. */
export function getterOf<T extends object, K extends keyof T>(prototype: T, key: K): (self: T) => T[K] {
  return uncurryThis(getOwnPropertyDescriptor(prototype, key)!.get as (this: T) => T[K]);
}

/** Like `getterOf`, but null for an object of another kind: a brand check that no page can fake or notice. */
export function brandedGetterOf<T extends object, K extends keyof T>(
  prototype: T,
  key: K,
): (x: unknown) => T[K] | null {
  const get = getterOf(prototype, key);
  return (x) => {
    // A getter that throws costs a microsecond; most of what is asked about is no object.
    if (typeof x !== 'object' || x === null) return null;
    try {
      return get(x as T);
    } catch {
      return null;
    }
  };
}

/** A map from the page's objects to what we know of them, holding neither alive nor changing them. */
export function createWeakMap<K extends WeakKey, V>(): {
  get(key: unknown): V | undefined;
  set(key: K, value: V): unknown;
} {
  const map = new WeakMap<K, V>();
  // Its own methods: what a page does to the prototype does not reach them, and calling them costs nothing extra.
  const { get, set } = WeakMap.prototype;
  return Object.assign(map, { get, set }) as never;
}

const performanceNow = uncurryThis(Performance.prototype.now);
const pagePerformance = performance;
/** Milliseconds on the document's monotonic clock. */
export const now = (): number => performanceNow(pagePerformance);
export const wallNow = Date.now;

export const nativeSetTimeout = setTimeout;
export const listen = uncurryThis(EventTarget.prototype.addEventListener) as (
  target: EventTarget,
  type: string,
  listener: (event: Event) => void,
  options?: AddEventListenerOptions | boolean,
) => void;
export const thenNative = uncurryThis(Promise.prototype.then) as <T>(
  promise: Promise<T>,
  fulfilled: (value: T) => T,
  rejected: (reason: unknown) => never,
) => Promise<T>;
/** Listens to what the browser itself says: an event dispatched by a script reports nothing. A fault of ours stays ours. */
export function observeEvent(target: EventTarget, type: string, seen: (event: Event) => void): void {
  listen(target, type, (event) => {
    // An own, unforgeable property of every event.
    if (!event.isTrusted) return;
    try {
      seen(event);
    } catch {}
  });
}
export const eventData = getterOf(MessageEvent.prototype, 'data');
export const eventLoaded = getterOf(ProgressEvent.prototype, 'loaded');
export const urlHref = brandedGetterOf(URL.prototype, 'href');
export const isAborted = brandedGetterOf(AbortSignal.prototype, 'aborted');

const typedArrayPrototype = getPrototypeOf(Uint8Array.prototype) as Uint8Array;
const { isView } = ArrayBuffer;
/** Undefined for all but typed arrays; unlike the other getters it never throws. */
const typedArrayTag = getterOf(typedArrayPrototype, Symbol.toStringTag) as (x: unknown) => string | undefined;
const typedArrayBytes = getterOf(typedArrayPrototype, 'byteLength');
const dataViewBytes = getterOf(DataView.prototype, 'byteLength');
export const bufferBytes = brandedGetterOf(ArrayBuffer.prototype, 'byteLength');
export const blobBytes = brandedGetterOf(Blob.prototype, 'size');
const encodeInto = uncurryThis(TextEncoder.prototype.encodeInto);
const substring = uncurryThis(String.prototype.substring);
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const scratch = new Uint8Array(4096);

/** Length in bytes of a string as UTF-8, lone surrogates as U+FFFD: what WebSocket, fetch and XMLHttpRequest send. */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (let from = 0; from < text.length; ) {
    const { read, written } = encodeInto(encoder, from === 0 ? text : substring(text, from), scratch);
    bytes += written;
    from += read;
  }
  return bytes;
}

/** Size of a payload without copying it; null where only the browser can know (a stream, a form, an object with its own toString). */
export function sizeOf(data: unknown): number | null {
  if (data === undefined || data === null) return 0;
  if (typeof data === 'string') return utf8Bytes(data);
  if (isView(data)) {
    return typedArrayTag(data) === undefined ? dataViewBytes(data as DataView) : typedArrayBytes(data as Uint8Array);
  }
  return bufferBytes(data) ?? blobBytes(data);
}

const { hasOwn } = Object;
/**
 * The value the browser will find under this name, without calling a getter of the page. Prototypes count, as they do for the browser.
 * Undefined when there is none, or a getter.
 */
export function dataValue(object: unknown, key: string): unknown {
  for (let owner = object; typeof owner === 'object' && owner !== null; owner = getPrototypeOf(owner)) {
    const descriptor = getOwnPropertyDescriptor(owner, key);
    // `descriptor.value` of an accessor would read Object.prototype, which is the page's.
    if (descriptor !== undefined) return hasOwn(descriptor, 'value') ? descriptor.value : undefined;
  }
  return undefined;
}

/** An argument of a call; one left out is not looked up on Array.prototype. */
export const argument = (args: unknown[], i: number): unknown => (i < args.length ? args[i] : undefined);

const decode = uncurryThis(TextDecoder.prototype.decode);
const subarray = uncurryThis(Uint8Array.prototype.subarray);
let headScratch = new Uint8Array(0);
let headScratchChars = 0;

/** At most `chars` characters of a text. A copy: V8's substring would keep the whole text in memory. */
export function textHead(text: string, chars: number): string {
  if (text.length <= chars) return text;
  if (chars > headScratchChars) {
    headScratchChars = chars;
    headScratch = new Uint8Array(3 * chars);
  }
  const { written } = encodeInto(encoder, substring(text, 0, chars), headScratch);
  return decode(decoder, subarray(headScratch, 0, written));
}

export type { AnyFunction };
