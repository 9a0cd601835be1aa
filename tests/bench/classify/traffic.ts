import type { Transport } from '../../../src/core/model.ts';

/** One request of made-up traffic; times in ms from the start. */
export interface MadeRequest {
  atMs: number;
  tookMs: number;
  method: string;
  path: string;
  status: number;
  body: string;
  requestBytes: number;
}

export interface Kind {
  name: string;
  /** What the traffic is; 'request' also for all that a person causes. */
  truth: Transport;
  make(random: () => number, requests: number): MadeRequest[];
}

/** Uniform between two bounds. */
const between = (random: () => number, from: number, to: number): number => from + (to - from) * random();
/** Standard normal, Box–Muller. */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const exponential = (random: () => number, mean: number): number => -mean * Math.log(1 - random());
const logUniform = (random: () => number, from: number, to: number): number =>
  Math.exp(between(random, Math.log(from), Math.log(to)));
/** Time a server takes to answer at once: some milliseconds, now and then far more. */
const answerMs = (random: () => number): number =>
  random() < 0.03 ? between(random, 100, 800) : 3 + exponential(random, 25);

function get(atMs: number, tookMs: number, more: Partial<MadeRequest> = {}): MadeRequest {
  return { atMs, tookMs, method: 'GET', path: '/news', status: 200, body: `{"at":${atMs}}`, requestBytes: 0, ...more };
}

/** Body of a feed that changes with this probability. */
function feed(random: () => number, change: number): () => string {
  let version = 0;
  return () => {
    if (random() < change) version++;
    return `{"version":${version}}`;
  };
}

function interval(random: () => number, n: number, periodMs: number, jitter: number): MadeRequest[] {
  const body = feed(random, 0.4);
  let at = 0;
  return Array.from({ length: n }, () => {
    const request = get(at, answerMs(random), { body: body() });
    at += periodMs * (1 + jitter * (2 * random() - 1)) + exponential(random, 4);
    return request;
  });
}

function chain(n: number, next: (i: number, at: number) => { request: MadeRequest; gapMs: number }): MadeRequest[] {
  const made: MadeRequest[] = [];
  let at = 0;
  for (let i = 0; i < n; i++) {
    const { request, gapMs } = next(i, at);
    made.push(request);
    at = request.atMs + request.tookMs + gapMs;
  }
  return made;
}

function heldUntil(
  random: () => number,
  n: number,
  nextEvent: (at: number) => number,
  timeoutMs: number,
): MadeRequest[] {
  let seen = 0;
  return chain(n, (_, at) => {
    const event = nextEvent(at);
    const isNews = event - at < timeoutMs;
    const tookMs = (isNews ? event - at : timeoutMs) + 5 + exponential(random, 4);
    if (isNews) seen++;
    const request = get(at, tookMs, isNews ? { body: `{"n":${seen}}` } : { status: 204, body: '' });
    return { request, gapMs: 1 + exponential(random, 4) };
  });
}

const BURST_GAP_MS = 8;

/** When the server next has something to tell of events that come in bursts; what happened while nobody asked comes at once. */
function inBursts(random: () => number, pauseMs: number, size: number): (at: number) => number {
  let burstAt = 0;
  let told = size;
  return (at) => {
    if (told === size) {
      burstAt += size * BURST_GAP_MS + pauseMs * between(random, 0.5, 1.5);
      told = 0;
    }
    const answerAt = Math.max(at, burstAt + told * BURST_GAP_MS);
    told = Math.min(Math.floor((answerAt - burstAt) / BURST_GAP_MS) + 1, size);
    return answerAt;
  };
}

/** Gaps of somebody who reads, clicks, thinks. */
const human = (random: () => number, n: number, make: (i: number, at: number) => MadeRequest): MadeRequest[] => {
  const pace = logUniform(random, 1500, 15_000);
  const spread = between(random, 0.6, 1.4);
  let at = 0;
  return Array.from({ length: n }, (_, i) => {
    const request = make(i, at);
    at += pace * Math.exp(spread * normal(random)) + 150;
    return request;
  });
};

export const KINDS: readonly Kind[] = [
  {
    name: 'setInterval',
    truth: 'polling',
    make: (random, n) => interval(random, n, logUniform(random, 500, 60_000), 0),
  },
  {
    name: 'interval, jitter up to ±30 %',
    truth: 'polling',
    make: (random, n) => interval(random, n, logUniform(random, 500, 30_000), between(random, 0.05, 0.3)),
  },
  {
    name: 'setTimeout after the answer',
    truth: 'polling',
    make: (random, n) => {
      const gapMs = logUniform(random, 500, 20_000);
      const body = feed(random, 0.4);
      return chain(n, (_, at) => ({
        request: get(at, between(random, 5, 1500), { body: body() }),
        gapMs: gapMs + exponential(random, 4),
      }));
    },
  },
  {
    name: 'exponential backoff',
    truth: 'polling',
    make: (random, n) => {
      const factor = between(random, 1.2, 2);
      let gapMs = 500;
      return chain(n, (_, at) => {
        gapMs = Math.min(gapMs * factor, 60_000);
        return { request: get(at, answerMs(random), { status: 304, body: '' }), gapMs };
      });
    },
  },
  {
    name: 'chatty: at once, never held',
    truth: 'polling',
    make: (random, n) => {
      const tookMs = between(random, 80, 200);
      return chain(Math.max(n, 70), (_, at) => ({
        request: get(at, tookMs + exponential(random, 20), { status: 204, body: '' }),
        gapMs: 1 + exponential(random, 3),
      }));
    },
  },
  {
    name: 'chatty, the server slow at times',
    truth: 'polling',
    make: (random, n) => {
      const body = feed(random, 0.3);
      const slowShare = between(random, 0.1, 0.25);
      return chain(Math.max(n, 70), (_, at) => ({
        request: get(at, random() < slowShare ? between(random, 800, 4000) : 20 + exponential(random, 20), {
          body: body(),
        }),
        gapMs: 1 + exponential(random, 3),
      }));
    },
  },
  {
    name: 'slow server, asked again at once',
    truth: 'polling',
    make: (random, n) => {
      const tookMs = between(random, 800, 3000);
      const body = feed(random, 0.5);
      return chain(n, (_, at) => ({
        request: get(at, tookMs * (1 + 0.04 * normal(random)), { body: body() }),
        gapMs: 1 + exponential(random, 3),
      }));
    },
  },
  {
    name: 'two timers on one URL',
    truth: 'polling',
    make: (random, n) => {
      const first = logUniform(random, 800, 3000);
      const second = first * between(random, 2.2, 3.4);
      const both = [interval(random, n, first, 0), interval(random, n, second, 0)].flat();
      return both.sort((a, b) => a.atMs - b.atMs).slice(0, Math.max(n, 14));
    },
  },
  {
    name: 'held until news or timeout',
    truth: 'long-polling',
    make: (random, n) => {
      const mean = logUniform(random, 800, 20_000);
      return heldUntil(random, n, (at) => at + exponential(random, mean), between(random, 3000, 30_000));
    },
  },
  {
    name: 'held, news like clockwork',
    truth: 'long-polling',
    make: (random, n) => {
      const period = logUniform(random, 800, 8000);
      return heldUntil(random, n, (at) => (Math.floor(at / period) + 1) * period, 30_000);
    },
  },
  {
    name: 'held, news in bursts',
    truth: 'long-polling',
    make: (random, n) => {
      const size = Math.floor(between(random, 3, 9));
      return heldUntil(random, Math.max(n, 30), inBursts(random, logUniform(random, 800, 8000), size), 30_000);
    },
  },
  {
    name: 'clicks of a person',
    truth: 'request',
    make: (random, n) => human(random, n, (_, at) => get(at, answerMs(random))),
  },
  {
    name: 'infinite scroll',
    truth: 'request',
    make: (random, n) => human(random, n, (i, at) => get(at, answerMs(random), { path: `/items?page=${i + 1}` })),
  },
  {
    name: 'likes sent by a person',
    truth: 'request',
    make: (random, n) =>
      human(random, n, (_, at) =>
        get(at, answerMs(random), { method: 'POST', path: '/like', body: '{"ok":true}', requestBytes: 12 }),
      ),
  },
  {
    name: 'autocomplete',
    truth: 'request',
    make: (random, n) => {
      let at = 0;
      return Array.from({ length: n }, (_, i) => {
        const request = get(at, answerMs(random), { path: `/suggest?q=${'abcdefghij'.slice(0, 1 + (i % 7))}${i}` });
        at += i % 7 === 6 ? logUniform(random, 2000, 20_000) : 120 * Math.exp(0.5 * normal(random)) + 60;
        return request;
      });
    },
  },
  {
    name: 'bursts as views are opened',
    truth: 'request',
    make: (random, n) => {
      let at = 0;
      return Array.from({ length: n }, (_, i) => {
        const request = get(at, answerMs(random), { path: '/settings' });
        at += i % 4 === 3 ? logUniform(random, 2000, 40_000) : between(random, 1, 15);
        return request;
      });
    },
  },
  {
    name: 'retry storm',
    truth: 'request',
    make: (random, n) =>
      chain(n, (_, at) => ({
        request: get(at, answerMs(random), { status: 500, body: 'error' }),
        gapMs: between(random, 50, 700),
      })),
  },
  {
    name: 'items, one after the other',
    truth: 'request',
    make: (random, n) => {
      const period = logUniform(random, 800, 5000);
      return interval(random, n, period, 0.05).map((request, i) => ({ ...request, path: `/segments/${1000 + i}` }));
    },
  },
  {
    name: 'upload in parts',
    truth: 'request',
    make: (random, n) =>
      interval(random, n, 1200, 0.1).map((request) => ({
        ...request,
        method: 'PATCH',
        status: 204,
        body: '',
        requestBytes: 262_144,
      })),
  },
];
