import {
  type AnyFunction,
  apply,
  construct,
  createWeakMap,
  defineProperty,
  getOwnPropertyDescriptor,
  NativeProxy,
} from './natives.ts';

/** Sees one call of a native function: calls it through `run` exactly once and returns what the page gets. */
export type Observe = (native: AnyFunction, self: unknown, args: unknown[]) => unknown;
/** What an `Observe` calls the native function by. */
export const run = apply as (native: AnyFunction, self: unknown, args: unknown[]) => unknown;

/**
 * Replaces a method by a Proxy of itself: name, length and errors stay native, and so does the descriptor.
 * `observe` must return the native result or a promise derived from it.
 */
export function observeMethod(owner: object, key: PropertyKey, observe: Observe): void {
  const descriptor = getOwnPropertyDescriptor(owner, key);
  if (typeof descriptor?.value !== 'function') return;
  defineProperty(owner, key, { ...descriptor, value: observed(descriptor.value, observe) });
}

/** Where two names natively hold one function, they hold one observed function too. */
export function shareMethod(owner: object, from: PropertyKey, to: PropertyKey): void {
  const source = getOwnPropertyDescriptor(owner, from);
  const descriptor = getOwnPropertyDescriptor(owner, to);
  if (source !== undefined && descriptor !== undefined)
    defineProperty(owner, to, { ...descriptor, value: source.value });
}

/**
 * Replaces a constructor by a Proxy of itself. `seen` gets every instance right after its construction, subclasses' too, and
 * `hook`, our function that the browser called.
 * Calling it without `new`, statics, `instanceof` and `prototype.constructor` stay native.
 */
export function observeConstructor<T extends object>(
  owner: object,
  key: string,
  seen: (instance: T, args: unknown[], hook: AnyFunction) => void,
): void {
  const descriptor = getOwnPropertyDescriptor(owner, key);
  if (typeof descriptor?.value !== 'function') return;
  const native: new (...args: unknown[]) => T = descriptor.value;
  const hook = (target: typeof native, args: unknown[], newTarget: typeof native) => {
    const instance = construct(target, args, newTarget === proxy ? target : newTarget) as T;
    quietly(() => seen(instance, args, hook));
    return instance;
  };
  const proxy: typeof native = new NativeProxy(native, { __proto__: null, construct: hook } as ProxyHandler<
    typeof native
  >);
  sources.set(proxy, native as never);
  const constructorOf = getOwnPropertyDescriptor(native.prototype, 'constructor');
  defineProperty(native.prototype, 'constructor', { ...constructorOf, value: proxy });
  defineProperty(owner, key, { ...descriptor, value: proxy });
}

export function observed(native: AnyFunction, observe: Observe): AnyFunction {
  const proxy: AnyFunction = new NativeProxy(native, { __proto__: null, apply: observe } as ProxyHandler<AnyFunction>);
  sources.set(proxy, native);
  return proxy;
}

/** What each of our proxies stands for. */
const sources = createWeakMap<object, AnyFunction>();

/**
 * A Proxy prints as `function () { [native code] }`, without its name. Sentry's browser SDK takes such a fetch for a polyfill
 * and leaves it uninstrumented, so our proxies print as what they stand for.
 */
export function hookToString(): void {
  const descriptor = getOwnPropertyDescriptor(Function.prototype, 'toString')!;
  const native = descriptor.value as AnyFunction;
  const proxy = new NativeProxy(native, {
    __proto__: null,
    apply: (target: AnyFunction, self: unknown, args: unknown[]) =>
      apply(target, (sources.get(self) ?? self) as never, args as never[]),
  } as ProxyHandler<AnyFunction>);
  sources.set(proxy, native);
  defineProperty(Function.prototype, 'toString', { ...descriptor, value: proxy });
}

/** Runs what only we need. A fault of ours must never become the page's. */
export function quietly(run: () => void): void {
  try {
    run();
  } catch {
    // Not even to the console: the page could notice.
  }
}
