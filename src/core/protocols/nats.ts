import type { Direction } from '../../protocol.ts';
import { correlate, type Label, label, MAX_LABELS, PARSE_LIMIT, type Payload, type Protocol } from './protocol.ts';
import { bytesOfPayload, textOfPayload, utf8 } from './wire/bytes.ts';

/** https://docs.nats.io/reference/reference-protocols/nats-protocol, with JetStream's heartbeats (ADR-9). */
export const nats: Protocol = {
  id: 'nats',
  displayName: 'NATS',
  claims: () => false,
  recognises: (payload) => FIRST.test(textOfPayload(payload, 100)),
  decode: operations,
};

const FIRST =
  /^(?:INFO \{"server_id":|CONNECT \{"(?:verbose|pedantic|protocol|version|lang|headers|tls_required|echo)":)/;
const CR = 13;
/** Clients and servers refuse longer lines (`max_control_line`), only INFO may be as long as it likes. */
const MAX_LINE_BYTES = PARSE_LIMIT;

/** A message may hold many operations and end within one; what has begun in the message before is not known. */
function operations(payload: Payload, direction: Direction): Label[] {
  const bytes = bytesOfPayload(payload);
  const labels: Label[] = [];
  for (let at = 0; at < bytes.length && labels.length < MAX_LABELS; ) {
    const end = bytes.indexOf(CR, at);
    if (end < 0 || end - at > MAX_LINE_BYTES) break;
    const words = utf8(bytes.subarray(at, end)).split(/[ \t]+/);
    const body = bytes.subarray(end + 2);
    const size = CARRIES.has(words[0]!) ? Number(words.at(-1)) : null;
    if (size !== null && !(size >= 0)) break;
    const found = operation(words, body.subarray(0, size ?? 0), direction);
    if (found === null) break;
    labels.push(found);
    at = end + 2 + (size === null ? 0 : size + 2);
  }
  return labels;
}

/** Operations with a payload: how many words follow the verb when no subject for replies is among them. */
const CARRIES = new Map([
  ['PUB', 2],
  ['HPUB', 3],
  ['MSG', 3],
  ['HMSG', 4],
]);

function operation(words: string[], body: Uint8Array, direction: Direction): Label | null {
  const [verb, subject = ''] = words as [string, ...string[]];
  switch (verb) {
    case 'PING':
    case 'PONG':
      return label('heartbeat', verb.toLowerCase());
    case 'PUB':
    case 'HPUB':
    case 'MSG':
    case 'HMSG':
      return carrying(verb, words, body, direction);
    case 'SUB':
      return label('control', 'sub', subject);
    case 'INFO':
    case 'CONNECT':
    case 'UNSUB':
      return label('control', verb.toLowerCase());
    case '+OK':
      return label('control', 'ok');
    case '-ERR':
      return label('control', 'err', words.slice(1).join(' '));
    default:
      return null;
  }
}

function carrying(verb: string, words: string[], body: Uint8Array, direction: Direction): Label {
  const subject = words[1] ?? '';
  const hasReply = words.length - 1 > CARRIES.get(verb)!;
  const reply = hasReply ? words[verb.endsWith('PUB') ? 2 : 3] : undefined;
  const isReply = subject.startsWith('_INBOX.');
  const correlation = correlate(isReply ? subject : reply, direction, isReply);
  const headerBytes = verb.startsWith('H') ? Number(words.at(-2)) || 0 : 0;
  const status = headerBytes > 0 ? /^NATS\/1\.0 (\d{3})/.exec(utf8(body.subarray(0, 12)))?.[1] : undefined;
  if (status === '100') return label('heartbeat', 'idle-heartbeat', subject);
  if (status !== undefined) return label('control', 'status', status, correlation);
  const detail = { payload: utf8(body.subarray(headerBytes, headerBytes + PARSE_LIMIT)) };
  return label('data', verb.endsWith('PUB') ? 'pub' : 'msg', subject, correlation, detail);
}
