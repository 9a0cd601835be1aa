import type { Random } from '../../../../test-server/random.ts';

/** What JSON may hold that nobody expects there. */
const ODD: readonly unknown[] = [
  ...[null, true, false, 0, -1, 1.5, 1e308, -1e308, 9e15, 5e-324, 4294967296],
  ...[
    '',
    'x',
    '0',
    '\ud800',
    '안녕',
    '\u0000',
    'http://',
    'data:,',
    '__proto__',
    '%',
    '\\"token\\":\\"',
    'A'.repeat(5000),
    `${'['.repeat(10_000)}1${']'.repeat(10_000)}`,
  ],
  ...['1970-01-01T00:00:00Z', '+275760-09-13T00:00:00.000Z', 'NaN', 'text/event-stream', 'websocket', 'eventsource'],
  ...[[], {}, [null], [[]], { a: 1 }, { base64: '%' }, [{}, {}], { length: 3 }],
];

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

type Holder = Record<string, unknown> | unknown[];
type Place = [holder: Holder, key: string];

/** Every place in a piece of JSON where a value stands. */
function placesIn(json: unknown, places: Place[] = []): Place[] {
  if (typeof json !== 'object' || json === null) return places;
  for (const key of Object.keys(json)) {
    places.push([json as Holder, key]);
    placesIn((json as Record<string, unknown>)[key], places);
  }
  return places;
}

/** Changes up to four places of a piece of JSON: odd values, things left out, twice, or where others were. */
export function mutateJson(json: unknown, random: Random): void {
  for (let changes = 1 + Math.floor(random() * 4); changes > 0; changes--) {
    const places = placesIn(json);
    if (places.length === 0) return;
    const [holder, key] = pick(random, places);
    const record = holder as Record<string, unknown>;
    const kind = random();
    if (kind < 0.5) record[key] = structuredClone(pick(random, ODD));
    else if (kind < 0.7 && Array.isArray(holder)) holder.splice(Number(key), 1);
    else if (kind < 0.7) delete record[key];
    else if (kind < 0.85 && Array.isArray(holder)) holder.push(structuredClone(record[key]));
    else {
      const [otherHolder, otherKey] = pick(random, places);
      record[key] = structuredClone((otherHolder as Record<string, unknown>)[otherKey]);
    }
  }
}

/** Cuts, flips, repeats or inserts bytes. */
export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const at = Math.floor(random() * bytes.length);
  const length = Math.floor(random() * 40);
  const kind = random();
  if (kind < 0.3) return bytes.slice(0, at);
  if (kind < 0.5) {
    const flipped = bytes.slice();
    flipped[at] = Math.floor(random() * 256);
    return flipped;
  }
  const [head, tail] = [bytes.slice(0, at), bytes.slice(at)];
  if (kind < 0.7) return concat(head, tail.slice(length));
  if (kind < 0.85) return concat(head, tail.slice(0, length), tail);
  return concat(
    head,
    new TextEncoder().encode(pick(random, ['"', '\\', '{', '}', '[', ']', ',', ':', '\0', '1e9'])),
    tail,
  );
}

function concat(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
