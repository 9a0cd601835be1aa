import { expect, test } from 'vitest';
import { WANTED_BY_DEFAULT } from '../../src/protocol.ts';
import { useSideBySide } from '../support/side-by-side.ts';

/** With stacks: taking one must not reach the page either. */
const { compare } = useSideBySide({ wanted: { ...WANTED_BY_DEFAULT, stacks: true } });

/** Uses every hooked API once and says how it went. */
const useEverything = `
  let out = '';
  const until = (target, type) => new Promise((resolve) => { target['on' + type] = resolve; });
  const response = await fetch('/json', { method: 'POST', body: 'x' });
  out += response.status + ' ' + (await response.json()).a;
  const reader = (await fetch('/bytes?n=500')).body.getReader();
  let bytes = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) bytes += part.value.length;
  out += ' ' + bytes;
  const xhr = new XMLHttpRequest();
  xhr.open('GET', '/bytes?n=700');
  xhr.send();
  await until(xhr, 'loadend');
  out += ' ' + xhr.responseText.length;
  const socket = new WebSocket('ws://' + location.host + '/ws');
  await until(socket, 'open');
  socket.send('hello');
  socket.send(new Uint8Array(3));
  out += ' ' + (await until(socket, 'message')).data;
  await until(socket, 'message');
  const source = new EventSource('/sse');
  source.addEventListener('named', () => {});
  out += ' ' + (await until(source, 'message')).lastEventId;
  source.close();
  socket.close();
  await until(socket, 'close');
  out += ' ' + navigator.sendBeacon('/sink', 'beacon');
  return out;
`;

const WHAT_THE_PAGE_GETS = '200 1 500 700 hello 1 true';
const KINDS = [
  'request',
  'response',
  'end',
  'request',
  'response',
  'chunk',
  'end',
  'request',
  'response',
  'chunk',
  'end',
  'connect',
  'open',
  'message',
  'message',
  'message',
  'message',
  'connect',
  'open',
  'message',
  'close',
  'close',
  'request',
];

/** What a page may do to the built-ins, with `poison(owner, name, descriptor)` and `note(what)` at hand. */
const poisons: Record<string, string> = {
  'built-ins that throw': `
    const bad = { value() { throw new Error('replaced'); } };
    for (const [owner, names] of [
      [Reflect, 'apply construct defineProperty getOwnPropertyDescriptor getPrototypeOf'], [Object, 'hasOwn keys defineProperty getPrototypeOf'],
      [Function.prototype, 'call apply bind'], [WeakMap.prototype, 'get set has'], [Map.prototype, 'get set has'], [Date, 'now'],
      [Performance.prototype, 'now'], [JSON, 'stringify parse'], [MessagePort.prototype, 'postMessage start'],
      [EventTarget.prototype, 'dispatchEvent'], [Array.prototype, 'push map slice forEach filter concat'], [ArrayBuffer, 'isView'],
      [String.prototype, 'substring slice startsWith includes toLowerCase'], [Blob.prototype, 'slice arrayBuffer'],
      [Object.getPrototypeOf(Uint8Array.prototype), 'set subarray slice'], [TextDecoder.prototype, 'decode'], [Headers.prototype, 'get'], [TextEncoder.prototype, 'encode encodeInto'], [Error, 'prepareStackTrace captureStackTrace'],
    ]) for (const name of names.split(' ')) poison(owner, name, bad);
    for (const name of ['Proxy', 'WeakMap', 'Map', 'TextEncoder', 'TextDecoder', 'MessageEvent', 'MessagePort', 'setTimeout', 'queueMicrotask'])
      poison(window, name, bad);`,
  'Object.prototype full of accessors': `
    for (const name of ('get set value writable enumerable configurable apply construct data ports detail kind at api url id ended signal method ' +
      'body types written read stream reader cancelled branches exchange preventCancel capture once passive bubbles cancelable composed ' +
      'ignoreBOM stack order wanted textChars binaryBytes stacks watch watched stream holder allowance chars loaded left since text type direction dropped events v base wallAt monoAt done outcome bytes loaded hasHead response lastEventId').split(' '))
      poison(Object.prototype, name, { get() { note('get ' + name); }, set() { note('set ' + name); } });`,
  'Array.prototype with indices and an iterator': `
    for (const i of [0, 1, 2, 50, 99]) poison(Array.prototype, i, { get() { note('get ' + i); }, set() { note('set ' + i); } });
    poison(Array.prototype, Symbol.iterator, { value() { throw new Error('iterated'); } });`,
  'accessors of binary data, errors and promises': `
    const spied = (owner, name) => {
      const { get, value } = Object.getOwnPropertyDescriptor(owner, name);
      poison(owner, name, { get() { note('get ' + name); return get ? Reflect.apply(get, this, []) : value; } });
    };
    const typed = Object.getPrototypeOf(Uint8Array.prototype);
    for (const name of ['buffer', 'byteOffset', 'byteLength', 'length', Symbol.toStringTag]) spied(typed, name);
    for (const name of ['byteLength', 'constructor']) spied(ArrayBuffer.prototype, name);
    for (const owner of [typed, Uint8Array.prototype, Blob.prototype, Error.prototype]) spied(owner, 'constructor');
    for (const name of ['name', 'message']) spied(Error.prototype, name);
    spied(Blob.prototype, 'size');`,
  'Promise.prototype with its own methods': `
    const { then } = Promise.prototype;
    poison(Promise.prototype, 'then', { value(...args) { note('then'); return Reflect.apply(then, this, args); } });
    for (const name of ['catch', 'finally']) poison(Promise.prototype, name, { value() { throw new Error('replaced'); } });`,
};

/** Runs in the page. What was poisoned is healed before the way home, which is not ours to test. */
async function poisonedRun(poisonText: string, useText: string): Promise<{ out: unknown; log: string }> {
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  const { defineProperty, getOwnPropertyDescriptor, deleteProperty, setPrototypeOf } = Reflect;
  const use = AsyncFunction(useText);
  let log = '';
  let heal = () => {};
  const poison = (owner: object, name: PropertyKey, descriptor: PropertyDescriptor) => {
    const before = getOwnPropertyDescriptor(owner, name);
    if (before !== undefined) setPrototypeOf(before, null);
    const healRest = heal;
    heal = () => {
      if (before === undefined) deleteProperty(owner, name);
      else defineProperty(owner, name, before);
      healRest();
    };
    defineProperty(owner, name, { __proto__: null, ...descriptor, configurable: true } as PropertyDescriptor);
  };
  const run = Function('poison', 'note', poisonText);
  run(poison, (what: string) => {
    log += `${what}\n`;
  });
  try {
    const out = await use();
    heal();
    return { out, log };
  } catch (error) {
    heal();
    throw error;
  }
}

test.each(Object.keys(poisons))('%s: neither reached nor broken', async (name) => {
  const { result, events } = await compare(poisonedRun, poisons[name]!, useEverything);
  expect(result.out).toEqual(WHAT_THE_PAGE_GETS);
  // The browser reads a Blob in its own time.
  expect(events.map(({ kind }) => kind).filter((kind) => kind !== 'content')).toEqual(KINDS);
  expect(events.filter(({ kind }) => kind === 'content')).toMatchObject([{ bytes: new Uint8Array(3) }]);
  expect(events.filter(({ kind }) => kind === 'chunk').map((event) => 'text' in event && event.text?.length)).toEqual([
    500, 700,
  ]);
  const stacks = events.flatMap((event) => ('stack' in event ? [event.stack] : []));
  expect(stacks.map((stack) => stack === null)).toEqual(Array(6).fill(name === 'built-ins that throw'));
  // They were reached, by the page itself.
  if (name.includes('full of accessors')) expect(result.log).toContain('get signal');
  if (name.includes('accessors of')) expect(result.log).toContain('get length');
});

test('an observed promise costs at most one more look at `then` and `constructor`', async () => {
  const { result } = await compare(async () => {
    const seen = [0, 0];
    for (const [i, name] of (['then', 'constructor'] as const).entries()) {
      const value = Promise.prototype[name];
      Object.defineProperty(Promise.prototype, name, {
        configurable: true,
        get() {
          seen[i]!++;
          return value;
        },
      });
    }
    Object.defineProperty(Response.prototype, 'then', { configurable: true, get: () => void seen[0]!++ });
    await (await fetch('/json')).text();
    // Natively 1 and 2; two promises are observed, each may cost one more.
    return [seen[0]! >= 1 && seen[0]! <= 3, seen[1]! >= 2 && seen[1]! <= 4];
  });
  expect(result).toEqual([true, true]);
});
