import { epochMs } from '../metrics/stamps.ts';
import { dataCount } from '../protocols/labels.ts';
import type { Label } from '../protocols/protocol.ts';
import type { Item } from '../simulate/facts.ts';
import { utf8Bytes } from '../utf8.ts';

/** Deeper or more numerous stamps are not looked for: an envelope is shallow. */
const MAX_DEPTH = 4;
const MAX_ITEMS = 1000;
/** Characters of a payload that are taken apart. */
const MAX_CHARS = 1_000_000;

/**
 * The events that a payload lists: the outermost JSON objects with a time stamp, else the packets its protocol counts. A list
 * without either may as well be one state, so it stays in one piece: null.
 */
export function itemsIn(
  text: string,
  payloadBytes: number | null,
  receivedAt: number,
  names: RegExp,
  labels: () => readonly Label[],
): Item[] | null {
  if (text.length > MAX_CHARS) return null;
  const json = parse(text);
  const stamped: Stamped[] = [];
  collect(json, receivedAt, MAX_DEPTH, names, stamped);
  const [only] = stamped;
  const wholeBytes = payloadBytes ?? utf8Bytes(text);
  if (stamped.length === 1 && only!.value === json) return [{ stamp: only!.stamp, payloadBytes: wholeBytes }];
  if (stamped.length > 0) {
    // Indented JSON is longer than what is written anew, its parts alike.
    const stretch = utf8Bytes(text) / utf8Bytes(JSON.stringify(json));
    return stamped.map(({ stamp, value }) => ({ stamp, payloadBytes: utf8Bytes(JSON.stringify(value)) * stretch }));
  }
  const count = dataCount(labels());
  if (count < 2) return null;
  return Array.from({ length: Math.min(count, MAX_ITEMS) }, () => ({ stamp: null, payloadBytes: wholeBytes / count }));
}

interface Stamped {
  stamp: number;
  value: object;
}

function collect(value: unknown, receivedAt: number, depth: number, names: RegExp, found: Stamped[]): void {
  if (typeof value !== 'object' || value === null || depth === 0 || found.length >= MAX_ITEMS) return;
  if (!Array.isArray(value)) {
    for (const [name, field] of Object.entries(value)) {
      const stamp = names.test(name) ? epochMs(field, receivedAt) : null;
      if (stamp === null) continue;
      found.push({ stamp, value });
      return;
    }
  }
  for (const inner of Object.values(value)) collect(inner, receivedAt, depth - 1, names, found);
}

/** undefined when it is no JSON. */
function parse(text: string): unknown {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
