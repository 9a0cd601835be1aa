import type { CaveatId, ChangeId } from '../../core/advise/advice.ts';
import type { Advice } from '../../core/advise/rules.ts';
import type { Transport } from '../../core/model.ts';
import type { Choice } from '../../core/simulate/world.ts';
import { duration, percent } from '../format/numbers.ts';

export const TRANSPORTS: Record<Transport, string> = {
  request: 'one-off requests',
  navigation: 'navigation',
  polling: 'polling',
  'long-polling': 'long polling',
  sse: 'server-sent events',
  'http-stream': 'HTTP streaming',
  websocket: 'WebSocket',
  webtransport: 'WebTransport',
  telemetry: 'telemetry',
  media: 'media',
};

export function choiceWords(choice: Choice): string {
  switch (choice.transport) {
    case 'polling':
      return `polling every ${duration(choice.periodMs)}${choice.conditional ? ', with ETags' : ''}`;
    case 'long-polling':
      return `long polling, held ${duration(choice.timeoutMs)}`;
    case 'sse':
      return TRANSPORTS.sse;
    case 'websocket':
      return `WebSocket${choice.deflate ? ', compressed' : ''}`;
  }
}

type Words = { [R in Advice['rule']]: (evidence: Extract<Advice, { rule: R }>['evidence']) => [string, string] };

const number = (value: number): string => (value < 10 ? value.toFixed(1).replace(/\.0$/, '') : value.toFixed(0));

/** What to do, and what speaks for it. */
const ADVICE: Words = {
  'cdn-cached-polling': ({ maxAgeMs, clients }) => [
    `Let a cache answer the polls for ${duration(maxAgeMs)}`,
    `The answers are the same for everybody: at ${clients.toLocaleString('en')} clients the origin would hear of few of them.`,
  ],
  'conditional-requests': ({ repeated, of }) => [
    'Answer unchanged state with 304 and an ETag',
    `${repeated} of ${of} answers were sent again although nothing had changed.`,
  ],
  jitter: (evidence) => [
    'Spread the requests with a random delay',
    evidence.kind === 'on-the-dot'
      ? `Polls start on the dot every ${duration(evidence.periodMs)}: all clients ask at the same moment.`
      : `Every retry waits the same ${duration(evidence.delayMs)}: after an outage all clients come back together.`,
  ],
  'keep-it': ({ eventsPerMinute }) => [
    'Keep it as it is',
    `For ${number(eventsPerMinute)} events a minute nothing else would cost clearly less.`,
  ],
  'leave-long-polling': ({ eventsPerTurnaround, eventsPerMinute }) => [
    'Leave long polling for a stream',
    `${number(eventsPerMinute)} events a minute: ${number(eventsPerTurnaround)} happen while one question turns around.`,
  ],
  'match-period': ({ eventPeriodMs }) => [
    `Poll in step with the data, every ${duration(eventPeriodMs)}`,
    'The events come like clockwork: a poll just after each finds it fresh.',
  ],
  'merge-pollers': ({ others, periodMs }) => [
    `Ask for this and ${others} other${others === 1 ? '' : 's'} in one request`,
    `They poll the same server every ${duration(periodMs)}.`,
  ],
  'sse-instead-of-one-way-websocket': ({ received, sent }) => [
    'Use server-sent events: this WebSocket only listens',
    `${received} messages came in, ${sent} went out.`,
  ],
  'stop-when-hidden': ({ hiddenPolls, of }) => [
    'Stop polling while the page is hidden',
    `${hiddenPolls} of ${of} polls were made while nobody could see the page.`,
  ],
  'switch-to-long-polling': ({ failed, attempts }) => [
    'Fall back to long polling',
    `${failed} of ${attempts} attempts to open a stream failed.`,
  ],
  'switch-to-sse': ({ eventsPerMinute, sendsPerMinute }) => [
    'Use server-sent events',
    `${number(eventsPerMinute)} events a minute come in, ${number(sendsPerMinute)} messages go out.`,
  ],
  'switch-to-websocket': ({ eventsPerMinute, sendsPerMinute, binary }) => [
    'Use a WebSocket',
    `${number(eventsPerMinute)} events a minute come in, ${number(sendsPerMinute)} messages go out${binary ? ', and they are binary' : ''}.`,
  ],
  'tune-interval': ({ periodMs, bestPeriodMs, wastedShare, bestWastedShare }) => [
    `Poll every ${duration(bestPeriodMs)} instead of every ${duration(periodMs)}`,
    `${percent(wastedShare)} of the polls find nothing new; then it would be ${percent(bestWastedShare)}.`,
  ],
};

export function adviceWords(advice: Advice): { title: string; reason: string } {
  const words = ADVICE[advice.rule] as (evidence: Advice['evidence']) => [string, string];
  const [title, reason] = words(advice.evidence);
  return { title, reason };
}

export const CAVEATS: Record<CaveatId, string> = {
  'short-recording': 'The recording is short.',
  'assumed-round-trip': 'The round trip was assumed.',
  'assumed-heads': 'The size of the heads was assumed.',
  'six-connections': 'Over HTTP/1.1 a browser opens six connections to a host, all tabs together: a stream takes one.',
  'buffering-proxy': 'A proxy may collect a stream: switch its buffering off (X-Accel-Buffering: no).',
  'idle-timeouts': 'Proxies cut what is idle: send heartbeats.',
  'auth-headers': 'EventSource and WebSocket send no Authorization header.',
  'http2-cheaper-bytes': 'Over HTTP/2 polling costs about a tenth of the bytes, but as many requests.',
  'radio-wakes': 'Each request wakes the radio of a phone.',
  'bypasses-caches': 'Streams pass caches by.',
  'server-must-replay': 'The server must resend what was missed (Last-Event-ID).',
  'no-receive-backpressure': 'A WebSocket cannot slow its sender down.',
  'deflate-would-help': 'Compression would save much more.',
  'hidden-changes': 'What changes meanwhile must be fetched when the page is shown again.',
  'volatile-fields': 'Fields such as a time stamp make every answer differ.',
  'clock-drift': 'Clocks drift: the step must be found anew now and then.',
  'unbounded-staleness': 'Nothing bounds how old the state may get.',
};

const CHANGES: Record<ChangeId, (value: string) => string> = {
  'server-cannot-be-changed': () => 'the server cannot be changed',
  'server-can-push': () => 'the server can push',
  'period-above-ms': (value) => `the period is above ${value} ms`,
  'events-per-minute-above': (value) => `more than ${value} events a minute come`,
  'events-per-minute-below': (value) => `fewer than ${value} events a minute come`,
  'sends-per-minute-above': (value) => `the page sends more than ${value} messages a minute`,
  'mean-staleness-below-ms': (value) => `news must be known within ${value} ms`,
  'data-becomes-personal': () => 'the data becomes personal',
  'events-become-irregular': () => 'events become irregular',
  'path-lets-streams-through': () => 'streams are let through',
};

/** What would turn the verdict, as the end of a sentence; null for nothing. */
export function changeWords({ wouldChangeIf }: Advice): string | null {
  const known = wouldChangeIf.map(({ id, value }) => CHANGES[id](value === null ? '?' : number(value)));
  return known.length === 0 ? null : known.join(', or ');
}
