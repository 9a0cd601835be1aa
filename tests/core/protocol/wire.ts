import { PROTOCOL_VERSION, type WireBatch } from '../../../src/protocol.ts';

/** Events of every kind as the hooks make them. */
export const GENUINE: unknown[][] = [
  ['request', 1, 1.5, 'fetch', 'GET', '/a', 0, null, null],
  ['response', 1, 2, 200, 'https://a.test/a', 'text/event-stream;charset=x-nonsense'],
  ['chunk', 1, 3, 5, null, 5],
  ['chunk', 1, 3, 5, 'text', null],
  ['chunk', 1, 3, 5, null, null],
  ['end', 1, 4, 'done', 10],
  ['connect', 2, 1, 'websocket', 'wss://a.test', 'at f (a.js:1:2)'],
  ['open', 2, 2, '', ''],
  ['message', 2, 3, 'received', 'text', -1, '안녕', null, null, ''],
  ['message', 2, 3, 'sent', 'binary', 4, null, 4, null, ''],
  ['message', 2, 3, 'sent', 'binary', 4, null, null, 7, ''],
  ['content', 2, 4, 7, 3],
  ['buffered', 2, 5, 70_000],
  ['reconnecting', 2, 6],
  ['close', 2, 7, 1000, 'bye', true],
  ['visibility', 0, 0, 'hidden'],
];

/** A batch of these events as it travels; `more` overrides any of its parts. */
export function wireBatch(events: readonly (readonly unknown[])[], more: Partial<WireBatch> = {}): WireBatch {
  const fields = events.flat();
  const texts = fields.filter((field) => typeof field === 'string');
  return {
    v: PROTOCOL_VERSION,
    wallAt: 1e12,
    monoAt: 5,
    base: 'https://a.test/',
    dropped: 0,
    count: events.length,
    numbers: Float64Array.from(fields, numberOf),
    text: texts.join(''),
    bytes: null,
    ...more,
  };
}

function numberOf(field: unknown): number {
  if (typeof field === 'string') return field.length;
  return field === null ? Number.NaN : Number(field);
}
