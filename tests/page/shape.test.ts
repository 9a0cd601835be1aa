import { expect, test } from 'vitest';
import { useSideBySide } from '../support/side-by-side.ts';

const { compare } = useSideBySide();

test('every touched function keeps descriptor, name, length, keys and [native code]', async () => {
  const { result } = await compare(() => {
    const iterator = Object.getPrototypeOf(new ReadableStream().values());
    const owners: Record<string, [object, PropertyKey[]]> = {
      window: [
        window,
        ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'Response', 'WebTransport', 'WebSocketStream'],
      ],
      navigator: [Navigator.prototype, ['sendBeacon']],
      socket: [WebSocket.prototype, ['send', 'close', 'constructor']],
      source: [EventSource.prototype, ['close', 'constructor']],
      xhr: [XMLHttpRequest.prototype, ['open', 'send', 'constructor', 'upload']],
      response: [
        Response.prototype,
        ['body', 'clone', 'text', 'json', 'arrayBuffer', 'blob', 'bytes', 'formData', 'constructor'],
      ],
      stream: [ReadableStream.prototype, ['getReader', 'cancel', 'values', Symbol.asyncIterator, 'tee', 'pipeTo']],
      reader: [ReadableStreamDefaultReader.prototype, ['read', 'cancel', 'releaseLock']],
      byob: [ReadableStreamBYOBReader.prototype, ['read', 'cancel', 'releaseLock']],
      iterator: [iterator, ['next', 'return']],
      transport: [
        WebTransport.prototype,
        ['createUnidirectionalStream', 'createBidirectionalStream', 'ready', 'closed', 'datagrams', 'constructor'],
      ],
      writable: [WritableStream.prototype, ['getWriter', 'close', 'abort', 'constructor']],
      writer: [WritableStreamDefaultWriter.prototype, ['write', 'close', 'abort', 'constructor']],
      functions: [Function.prototype, ['toString', 'call']],
    };
    const seen: Record<string, unknown> = {};
    for (const [name, [owner, keys]] of Object.entries(owners)) {
      for (const key of keys) {
        const descriptor = Object.getOwnPropertyDescriptor(owner, key)!;
        const f = (descriptor.value ?? descriptor.get) as { (): unknown; prototype?: unknown };
        seen[`${name}.${String(key)}`] = {
          flags: [descriptor.writable ?? null, descriptor.enumerable, descriptor.configurable, 'set' in descriptor],
          function: [f.name, f.length, typeof f, typeof f.prototype, Reflect.ownKeys(f).map(String).sort()],
          native: [Function.prototype.toString.call(f), `${f}`],
          tag: Object.prototype.toString.call(f),
          prototype: Object.getPrototypeOf(f) === Function.prototype || Object.getPrototypeOf(f) === EventTarget,
        };
      }
    }
    return { seen, shared: ReadableStream.prototype.values === ReadableStream.prototype[Symbol.asyncIterator] };
  });
  expect(Object.keys(result.seen)).toHaveLength(56);
  expect(result.shared).toBe(true);
  expect(result.seen['window.fetch']).toMatchObject({
    function: ['fetch', 1, 'function', 'undefined', expect.anything()],
  });
});

test('no key is added anywhere, but for the one EventSource needs', async () => {
  const { result } = await compare(() => {
    const keys = (object: object) => Reflect.ownKeys(object).map(String).sort();
    const iterator = Object.getPrototypeOf(new ReadableStream().values());
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/json');
    const socket = new WebSocket(`ws://${location.host}/ws`);
    const all = [
      window,
      document,
      navigator,
      document.documentElement,
      xhr,
      xhr.upload,
      socket,
      Response,
      WebSocket,
      EventSource,
    ];
    const prototypes = [
      Window,
      Document,
      Navigator,
      EventTarget,
      XMLHttpRequest,
      XMLHttpRequestUpload,
      WebSocket,
      Response,
      Request,
      ReadableStream,
      ReadableStreamDefaultReader,
      ReadableStreamBYOBReader,
      MessageEvent,
      Promise,
      Object,
      Function,
    ].map(({ prototype }) => prototype as object);
    const source = keys(EventSource.prototype).filter((key) => key !== 'addEventListener');
    return [...all, ...prototypes, iterator].map(keys).concat([source]);
  });
  expect(result.flat().length).toBeGreaterThan(1000);
});

test('statics, instanceof, constructor and subclassing of WebSocket and EventSource', async () => {
  const { result, events } = await compare(() => {
    class MySocket extends WebSocket {
      extra = 1;
      override send(data: string) {
        super.send(`my ${data}`);
      }
    }
    class MySource extends EventSource {}
    function Old(this: unknown, url: string) {
      return Reflect.construct(WebSocket, [url], Old);
    }
    Old.prototype = Object.create(WebSocket.prototype, { constructor: { value: Old } });
    const url = `ws://${location.host}/ws`;
    const plain = new WebSocket(url);
    const mine = new MySocket(url);
    const old = new (Old as never as new (url: string) => WebSocket)(url);
    const source = new EventSource('/never');
    const mySource = new MySource('/never');
    const other = Reflect.construct(WebSocket, [url], Object) as object;
    return {
      constants: [WebSocket.OPEN, plain.OPEN, EventSource.CLOSED, source.CLOSED],
      instances: [plain, mine, old].map((socket) => socket instanceof WebSocket),
      constructors: [plain.constructor === WebSocket, mine.constructor === MySocket, old.constructor === Old],
      prototypes: [
        Object.getPrototypeOf(plain) === WebSocket.prototype,
        Object.getPrototypeOf(mine) === MySocket.prototype,
        Object.getPrototypeOf(old) === Old.prototype,
        Object.getPrototypeOf(other) === Object.prototype,
        Object.getPrototypeOf(MySocket) === WebSocket,
      ],
      sources: [source.constructor === EventSource, mySource instanceof MySource, mySource instanceof EventSource],
      fields: [mine.extra, plain.url === mine.url, source.withCredentials],
      tags: [String(plain), String(source), Object.prototype.toString.call(WebSocket)],
      newTarget: Reflect.construct(EventSource, ['/never'], MySource) instanceof MySource,
    };
  });
  expect(result.instances).toEqual([true, true, true]);
  expect(result.prototypes).toEqual([true, true, true, true, true]);
  expect(events.filter(({ kind }) => kind === 'connect')).toHaveLength(7);
});

test('assigning, deleting and redefining the hooked globals works as natively', async () => {
  const { result } = await compare(() => {
    const native = { fetch, WebSocket, send: XMLHttpRequest.prototype.send };
    window.fetch = (() => 'mine') as never;
    const replaced = (fetch as () => unknown)();
    window.fetch = native.fetch;
    const deleted = [Reflect.deleteProperty(window, 'fetch'), 'fetch' in window];
    window.fetch = native.fetch;
    Object.defineProperty(XMLHttpRequest.prototype, 'send', {
      value: () => 'sent',
      configurable: true,
      writable: true,
    });
    const sent = (new XMLHttpRequest().send as () => unknown)();
    XMLHttpRequest.prototype.send = native.send;
    (fetch as never as Record<string, number>).polyfill = 1;
    return [replaced, deleted, sent, Object.keys(fetch), Object.isExtensible(fetch), fetch === native.fetch];
  });
  expect(result).toEqual(['mine', [true, false], 'sent', ['polyfill'], true, true]);
});
