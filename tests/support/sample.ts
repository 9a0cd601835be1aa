import { apply } from '../../src/core/log.ts';
import { toSession } from '../../src/core/session/write.ts';
import type { Log } from '../../src/core/state.ts';
import type { PageEvent } from '../../src/protocol.ts';
import { messageEvent } from './message.ts';
import { batch, play, repeat, T0 } from './timeline.ts';

/** Event n of the sample happened then, and is `{"id":"e<n>","at":…}` wherever it turns up. */
export const eventAt = (n: number): number => T0 + 500 + n * 4000;
export const EVENTS = 5;
const event = (n: number) => ({ id: `e${n}`, at: eventAt(n) });

/**
 * Twenty seconds of a page that gets five events twice: by a poll a second (each answer but those five is empty), and by a WebSocket
 * 20 ms after each happened. The socket is lost from 9 s to 11 s, and the page hidden from 14 s to 16 s.
 */
export function sampleLog(): Log {
  const polls = repeat(20, 1000, (_, at) => {
    const news = Array.from({ length: EVENTS }, (_, n) => event(n)).filter(({ at: happened }) => {
      const age = T0 + at - happened;
      return age >= 0 && age < 1000;
    });
    return `${at}ms GET /api/poll 200 ${JSON.stringify({ events: news })} 40ms`;
  });
  const log = play(polls);
  for (const told of [...socketEvents(), ...hiddenEvents()].toSorted((a, b) => a.at - b.at)) apply(log, batch(told));
  apply(log, { kind: 'tick', at: T0 + 20_500 });
  return log;
}

const SOCKET = 'wss://app.test/api/socket';
const FIRST = 1001;
const SECOND = 1002;

function socketEvents(): PageEvent[] {
  const message = (n: number): PageEvent => {
    const text = JSON.stringify(event(n));
    const at = eventAt(n) + 20 - T0;
    const id = at < 10_000 ? FIRST : SECOND;
    return messageEvent(id, at, text);
  };
  return [
    { kind: 'connect', id: FIRST, at: 100, api: 'websocket', url: SOCKET, stack: null },
    { kind: 'open', id: FIRST, at: 130, protocol: '', extensions: '' },
    { kind: 'close', id: FIRST, at: 9000, code: 1006, reason: '', wasClean: false },
    { kind: 'connect', id: SECOND, at: 10_900, api: 'websocket', url: SOCKET, stack: null },
    { kind: 'open', id: SECOND, at: 11_000, protocol: '', extensions: '' },
    ...Array.from({ length: EVENTS }, (_, n) => message(n)),
  ];
}

const hiddenEvents = (): PageEvent[] => [
  { kind: 'visibility', id: 2001, at: 0, state: 'visible' },
  { kind: 'visibility', id: 2002, at: 14_000, state: 'hidden' },
  { kind: 'visibility', id: 2003, at: 16_000, state: 'visible' },
];

/** The same as a session file. */
export const sampleSession = (): string => JSON.stringify(toSession(sampleLog(), 'test'));

/** A session file with this many channels of one request each: `/item-0`, `/item-1`, … with growing answers. */
export function manyChannels(n: number): string {
  const lines = Array.from({ length: n }, (_, i) => `${i * 10}ms GET /item-${name(i)} 200 ${'x'.repeat(i + 1)}`);
  return JSON.stringify(toSession(play(lines.join('\n')), 'test'));
}

/** Without digits, which channels take for the id of one thing among many. */
const name = (i: number): string => [...String(i)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
