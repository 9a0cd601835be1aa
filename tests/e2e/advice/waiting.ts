import type { Part } from './parts.ts';

/** What shows only to those who wait: a rhythm of half a minute shows in its fourth request, after a minute and a half. */
export const WAITING: Record<string, Part> = {
  'may be half a minute late': {
    run: { kind: 'regular', rate: 0.05, payload: 8 },
    script: `read('/poll?run=RUN&since=0&mode=snapshot'); every(30_000, '/poll?run=RUN&since=0&mode=snapshot')`,
    told: ['cdn-cached-polling'],
  },
  'is made for one reader': {
    run: { kind: 'regular', rate: 0.05, payload: 8 },
    script: `const mine = { headers: { Authorization: 'Bearer me' } };
      read('/poll?run=RUN&since=0&mode=snapshot', mine);
      every(30_000, '/poll?run=RUN&since=0&mode=snapshot', mine)`,
    untold: ['cdn-cached-polling'],
  },
  'is cut when idle': {
    run: { kind: 'idle', dropEvery: 21_000 },
    script: `for (const part of [1, 2]) new WebSocket(socketUrl('/ws?run=RUN'))`,
    wrong: ['heartbeat-gaps'],
  },
  'is cut sooner': {
    run: { kind: 'idle', dropEvery: 18_000 },
    script: `for (const part of [1, 2]) new WebSocket(socketUrl('/ws?run=RUN'))`,
  },
};
