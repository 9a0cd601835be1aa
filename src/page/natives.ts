/**
 * The browser's own functions, captured before the first script of the page runs.
 * Hooks use nothing else: a page may replace any built-in later, and must neither break nor reach us by it.
 * Handlers of our proxies have a null prototype, or a trap planted on Object.prototype would be called.
 */

export const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
export const NativeProxy = Proxy;
/** Made only by their constructors, and never asked for `length` or `buffer`: those are getters of the page's prototype. */
export const NativeUint8Array = Uint8Array;
export const NativeFloat64Array = Float64Array;
export const NativeArrayBuffer = ArrayBuffer;

export type AnyFunction = (this: never, ...args: never[]) => unknown;

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

/** `into.set(from, at)` of typed arrays of one kind. */
export const setAll = uncurryThis(Uint8Array.prototype.set) as <A extends Uint8Array | Float64Array>(
  into: A,
  from: A,
  at: number,
) => void;

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
const thenAside = thenNative as unknown as <T>(
  promise: Promise<T>,
  fulfilled: (value: T) => void,
  rejected: (reason: unknown) => void,
) => unknown;

/**
 * Reacts to a promise that the browser itself marks as handled (as `closed` of a stream), or that is ours:
 * of any other it would silence the page's `unhandledrejection`. A fault of ours stays ours.
 */
export function react<T>(
  promise: Promise<T>,
  fulfilled: (value: T) => void,
  rejected: (reason: unknown) => void,
): void {
  thenAside(promise, quiet(fulfilled), quiet(rejected));
}

/** The same function, but what it throws goes nowhere: not even to the console, as the page could notice. */
function quiet<T>(run: (value: T) => void): (value: T) => void {
  return (value) => {
    try {
      run(value);
    } catch {}
  };
}

/** Listens to what the browser itself says: an event dispatched by a script reports nothing. */
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

export const substring = uncurryThis(String.prototype.substring);
export const charCode = uncurryThis(String.prototype.charCodeAt);
export const startsWith = uncurryThis(String.prototype.startsWith);
export const includes = uncurryThis(String.prototype.includes);
export const toLowerCase = uncurryThis(String.prototype.toLowerCase);

const { hasOwn } = Object;
/**
 * The value the browser will find under this name, without calling a getter of the page. Prototypes count, as they do for the browser.
 * Undefined when there is none, or a getter.
 */
export function dataValue(object: unknown, key: string): unknown {
  const descriptor = propertyOf(object, key);
  // `descriptor.value` of an accessor would read Object.prototype, which is the page's.
  return descriptor !== undefined && hasOwn(descriptor, 'value') ? descriptor.value : undefined;
}

/** The property the browser will find under this name, whatever it is. */
export function propertyOf(object: unknown, key: string): PropertyDescriptor | undefined {
  let owner = object;
  while ((typeof owner === 'object' && owner !== null) || typeof owner === 'function') {
    const descriptor = getOwnPropertyDescriptor(owner, key);
    if (descriptor !== undefined) return descriptor;
    owner = getPrototypeOf(owner);
  }
  return undefined;
}

/** An argument of a call; one left out is not looked up on Array.prototype. */
export const argument = (args: unknown[], i: number): unknown => (i < args.length ? args[i] : undefined);
