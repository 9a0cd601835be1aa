import { MAX_FIELD_BYTES, PROTOCOL_VERSION, type WireBatch, WORDS } from '../../../src/protocol.ts';

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

/** A batch of these events as it travels; `more` overrides any of its parts. What is no whole number travels as none. */
export function wireBatch(events: readonly (readonly unknown[])[], more: Partial<WireBatch> = {}): WireBatch {
  let text = '';
  const fields: number[] = [];
  // A fuzz test may have put anything in the place of an event.
  const all = events.map((event) => [event].flat());
  for (const event of all) {
    for (const [i, field] of event.entries()) {
      if (i === 2) continue;
      const word = WORDS.indexOf(field as (typeof WORDS)[number]);
      if (word >= 0) fields.push(...digits(2 * word + 2));
      else if (typeof field === 'string') {
        fields.push(...digits(2 * field.length + 1));
        text += field;
      } else fields.push(...digits(field === null ? 0 : Number(field) + 2));
    }
  }
  return {
    v: PROTOCOL_VERSION,
    wallAt: 1e12,
    monoAt: 5,
    base: 'https://a.test/',
    dropped: 0,
    count: events.length,
    times: Float64Array.from(all, ([_kind, _id, at]) => (typeof at === 'number' ? at : Number.NaN)),
    fields: Uint8Array.from(fields),
    text,
    bytes: null,
    ...more,
  };
}

/** The bytes of a field; without an end for what is no number of the protocol. */
export function digits(n: number): number[] {
  if (!Number.isSafeInteger(n) || n < 0) return Array(MAX_FIELD_BYTES).fill(255);
  const low = n % 128;
  return n < 128 ? [n] : [low + 128, ...digits((n - low) / 128)];
}
