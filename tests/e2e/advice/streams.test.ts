import { judgeParts } from './judged.ts';
import type { Part } from './parts.ts';
import { WAITING } from './waiting.ts';

/** 14 MB at 1.2 a second. The first six fit into what sockets buffer on the way. */
const SAYS_MUCH = `const socket = new WebSocket(socketUrl('/ws?run=RUN'));
  let left = 240;
  socket.onopen = () => setInterval(() => left > 0 && left-- && socket.send(new Uint8Array(60_000)), 50)`;

const STREAMS: Record<string, Part> = {
  'closes each time': {
    run: { kind: 'regular', rate: 5 },
    script: `new EventSource('/sse?run=RUN&closeAfter=700&retry=300')`,
    wrong: ['sse-closes-each-time'],
  },
  'closes twice': {
    run: { kind: 'regular', rate: 5 },
    script: `const stream = new EventSource('/sse?run=RUN&closeAfter=700&retry=300');
      let closed = 0;
      stream.onerror = () => ++closed === 2 && stream.close()`,
  },
  'is behind a proxy': {
    run: { kind: 'regular', rate: 6, bufferFor: 1500 },
    script: `new EventSource('/sse?run=RUN')`,
    wrong: ['buffering-proxy'],
  },
  'comes in bursts': {
    run: { kind: 'burst', rate: 5 },
    script: `new EventSource('/sse?run=RUN')`,
    told: ['keep-it'],
  },
  'repeats itself': {
    run: { kind: 'regular', rate: 0.25 },
    script: `new EventSource('/sse?run=RUN&repeat=500')`,
    wrong: ['wasteful-messages'],
  },
  'repeats itself at times': {
    run: { kind: 'regular', rate: 2 },
    script: `new EventSource('/sse?run=RUN&repeat=1500')`,
  },
  'polls beside its stream': {
    run: { kind: 'regular', rate: 1 },
    script: `new EventSource('/sse?run=RUN'); follow(1000, '/poll?run=RUN')`,
    wrong: ['polling-beside-stream'],
  },
  'polls one and streams another': {
    run: { kind: 'regular', rate: 1 },
    script: `const socket = new WebSocket('ELSEWHERE/ws');
      socket.onopen = () => setInterval(() => socket.send('still here'), 1500);
      follow(1000, '/poll?run=RUN')`,
  },
  'holds all connections': {
    run: { kind: 'regular', rate: 1 },
    script: `for (let part = 0; part < 6; part++) new EventSource('/sse?run=RUN&part=' + part);
      setTimeout(() => read('/ajax?run=RUN'), 2000)`,
    // Each of its streams brings the same.
    wrong: ['six-connections', 'wasteful-messages'],
  },
  'holds three connections': {
    run: { kind: 'regular', rate: 1 },
    script: `for (let part = 0; part < 3; part++) new EventSource('/sse?run=RUN&part=' + part)`,
  },
};

const SOCKETS: Record<string, Part> = {
  'only listens': {
    run: { kind: 'regular', rate: 4 },
    script: `new WebSocket(socketUrl('/ws?run=RUN'))`,
    wrong: ['one-way-web-socket'],
    told: ['sse-instead-of-one-way-websocket'],
  },
  'listens and speaks': {
    run: { kind: 'regular', rate: 4 },
    script: `const socket = new WebSocket(socketUrl('/ws?run=RUN'));
      socket.onopen = () => setInterval(() => socket.send('still here'), 1500)`,
    untold: ['sse-instead-of-one-way-websocket'],
  },
  'asks over a socket': {
    run: { kind: 'idle' },
    script: `const socket = new WebSocket(socketUrl('/ws?run=RUN&mode=echo'));
      let asked = 0;
      const ask = () => socket.send('{"ask":' + ++asked + '}');
      socket.onopen = ask;
      socket.onmessage = () => setTimeout(ask, 500)`,
    wrong: ['web-socket-request-response'],
  },
  'says more than is taken': {
    run: { kind: 'idle', readRate: 1000 },
    script: SAYS_MUCH,
    wrong: ['growing-buffered-amount'],
  },
  'says as much as is taken': {
    run: { kind: 'idle' },
    script: SAYS_MUCH,
  },
  'misses a heartbeat': {
    run: { kind: 'idle' },
    script: `const socket = new WebSocket(socketUrl('/ws?run=RUN&mode=echo'));
      socket.onopen = () => setInterval(() => socket.send('ping'), 2000);
      setTimeout(() => read('/runs/RUN/faults', { method: 'POST', body: '{"delayDown":5000}' }), 13_000)`,
    wrong: ['heartbeat-gaps'],
  },
  'has a late heartbeat': {
    run: { kind: 'idle' },
    script: `const socket = new WebSocket(socketUrl('/ws?run=RUN&mode=echo'));
      socket.onopen = () => setInterval(() => socket.send('ping'), 2000);
      setTimeout(() => read('/runs/RUN/faults', { method: 'POST', body: '{"delayDown":300}' }), 13_000)`,
  },
  'comes back after a second': {
    run: { kind: 'regular', rate: 4, dropEvery: 1300 },
    script: `stay([1000])`,
    told: ['jitter'],
  },
  'comes back by chance': {
    run: { kind: 'regular', rate: 4, dropEvery: 1300 },
    script: `stay([300, 1500, 700, 2200, 1100])`,
    untold: ['jitter'],
  },
  'is refused': {
    run: { kind: 'regular', rate: 1, refuseUpgrades: 1 },
    script: `stay([5800])`,
    told: ['switch-to-long-polling'],
  },
  'is let in at last': {
    run: { kind: 'regular', rate: 1, refuseUpgrades: 1 },
    script: `stay([5800]); setTimeout(() => read('/runs/RUN/faults', { method: 'POST', body: '{}' }), 9000)`,
    untold: ['switch-to-long-polling'],
  },
  'is stuck on polling': {
    io: { everyMs: 1000 },
    script: `io('IO', { transports: ['polling'] })`,
    wrong: ['socket-io-stuck-on-polling'],
    untold: ['leave-long-polling'],
  },
  'leaves polling behind': {
    io: { everyMs: 1000 },
    script: `const socket = io('IO'); setInterval(() => socket.emit('still here'), 1500)`,
  },
  'is overtaken by its events': {
    io: { everyMs: 40, lagMs: 60 },
    script: `io('IO', { transports: ['polling'] })`,
    wrong: ['socket-io-stuck-on-polling'],
    told: ['leave-long-polling'],
  },
};

const PATIENCE_MS = 150_000;
judgeParts('whose streams do everything wrong', { ...STREAMS, ...SOCKETS, ...WAITING }, PATIENCE_MS);
