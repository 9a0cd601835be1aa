import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FixtureState } from './fixture-server.ts';

interface Call {
  req: IncomingMessage;
  res: ServerResponse;
  query: URLSearchParams;
  body: Buffer;
  state: FixtureState;
}

const CHUNK = Buffer.alloc(64 * 1024, 'x');
const text = (value: string) => ({
  'content-type': `${value}; charset=utf-8`,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
});

/** What the fixture server answers, by path. */
export const ROUTES: Record<string, (call: Call) => void | Promise<void>> = {
  '/html'({ res, query }) {
    res.writeHead(200, text('text/html')).end(`<!doctype html><link rel=icon href=data:,>${query.get('body') ?? ''}`);
  },
  '/bytes'({ res, query }) {
    res.writeHead(200, text(query.get('type') ?? 'text/plain')).end(Buffer.alloc(Number(query.get('n')), 'x'));
  },
  '/json'({ res }) {
    res.writeHead(200, text('application/json')).end('{"a":1,"b":"안녕"}');
  },
  '/form'({ res }) {
    res.writeHead(200, text('application/x-www-form-urlencoded')).end('a=1&b=2');
  },
  /** Its head and "head;" at once, "tail" once /release is asked for with the same key. */
  '/held'({ res, query, state }) {
    res.writeHead(200, text('text/plain')).write('head;');
    state.held.set(query.get('key')!, () => res.end('tail'));
  },
  /** Its parts (hex, comma-separated), the first at once, each of the others and the end when /release is asked for. */
  '/pieces'({ res, query, state }) {
    res.writeHead(200, { ...text('text/plain'), 'content-type': query.get('type')! });
    const parts = query.get('hex')!.split(',');
    const next = () => {
      const part = parts.shift();
      if (part === undefined) res.end();
      else res.write(Buffer.from(part, 'hex'));
    };
    state.held.set(query.get('key')!, next);
    next();
  },
  '/release'({ res, query, state }) {
    state.held.get(query.get('key')!)?.();
    res.writeHead(204).end();
  },
  /** No answer at all. */
  '/never'() {},
  /** One write a chunk. */
  async '/chunks'({ res, query }) {
    res.writeHead(200, text(query.get('type') ?? 'text/plain'));
    const chunk = Buffer.alloc(Number(query.get('bytes')), 'x');
    for (let left = Number(query.get('count')); left > 0 && !res.destroyed; left--) {
      if (!res.write(chunk)) await drained(res);
    }
    res.end();
  },
  /** As fast as the browser takes it, at most `max` bytes; `state.floods` tells how much and whether it was let go. */
  '/flood'({ res, query, state }) {
    const flood = { sent: 0, closed: false };
    state.floods.set(query.get('key')!, flood);
    const max = Number(query.get('max') ?? 256e6);
    res.on('close', () => Object.assign(flood, { closed: true }));
    res.writeHead(200, text('application/octet-stream'));
    const pour = () => {
      while (!flood.closed && flood.sent < max) {
        flood.sent += CHUNK.length;
        if (!res.write(CHUNK)) return void res.once('drain', pour);
      }
      res.end();
    };
    pour();
  },
  '/status'({ res, query }) {
    res.writeHead(Number(query.get('code')), { 'cache-control': 'no-store' }).end();
  },
  '/redirect'({ res, query }) {
    res.writeHead(Number(query.get('code') ?? 302), { location: query.get('to')! }).end();
  },
  '/echo'({ req, res, body }) {
    const { connection: _hop, ...headers } = req.headers;
    const echo = { method: req.method, headers, body: body.toString('latin1') };
    res.writeHead(200, text('application/json')).end(JSON.stringify(echo));
  },
  /** A body that breaks off, for an error after the head. */
  '/cut'({ res }) {
    res.writeHead(200, { 'content-type': 'text/plain', 'content-length': 100 });
    res.write('part', () => res.destroy());
  },
  '/sink'({ res }) {
    res.writeHead(204).end();
  },
  /** `id` 1 and 2, then the connection ends; after the reconnect 3, and it stays open. */
  '/sse'({ req, res, query }) {
    res.writeHead(200, text('text/event-stream'));
    if (query.has('once')) return void res.end('data: a\n\ndata: b\n\n');
    if (req.headers['last-event-id'] === '2') return void res.write('event: news\nid: 3\ndata: three\n\n');
    res.end('retry: 10\n\nid: 1\ndata: 하나\ndata: line two\n\nevent: news\nid: 2\ndata: two\n\n');
  },
  '/burst-sse'({ res, query }) {
    res.writeHead(200, text('text/event-stream'));
    for (let left = Number(query.get('count')); left > 0; left--) res.write(`data: ${'x'.repeat(100)}\n\n`);
  },
  /** So many lines of NDJSON, of ten bytes each, as fast as the browser takes them. */
  async '/lines'({ res, query }) {
    res.writeHead(200, text('application/x-ndjson'));
    const lines = Buffer.from('"1234567"\n'.repeat(6000));
    for (let left = 10 * Number(query.get('count')); left > 0 && !res.destroyed; left -= lines.length) {
      if (!res.write(lines.subarray(0, left))) await drained(res);
    }
    res.end();
  },
  /** So many events at so many a second: `of=sse` an event stream, else lines of NDJSON. */
  async '/paced'({ res, query }) {
    const count = Number(query.get('count'));
    const isSse = query.get('of') === 'sse';
    const event = isSse ? 'data: 1234567\n\n' : '"1234567"\n';
    res.writeHead(200, text(isSse ? 'text/event-stream' : 'application/x-ndjson'));
    const startedAt = performance.now();
    for (let sent = 0; sent < count && !res.destroyed; ) {
      const due = Math.min(count, Math.ceil(((performance.now() - startedAt) * Number(query.get('rate'))) / 1000));
      if (!res.write(event.repeat(due - sent))) await drained(res);
      sent = due;
      await new Promise((resolve) => setTimeout(resolve, PACE_MS));
    }
    // An event source would come again.
    if (!isSse) res.end();
  },
};

const PACE_MS = 5;

/** Until it takes more, or nobody does. Leaves no listener behind: thousands of such waits may belong to one response. */
const drained = (res: ServerResponse) =>
  new Promise<void>((resolve) => {
    const goOn = () => {
      res.off('drain', goOn).off('close', goOn);
      resolve();
    };
    res.on('drain', goOn).on('close', goOn);
  });
