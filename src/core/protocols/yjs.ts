import { type Label, label, PARSE_LIMIT, type Protocol } from './protocol.ts';
import { ByteReader } from './wire/bytes.ts';
import { parseJson } from './wire/json.ts';

/** y-websocket: https://github.com/yjs/y-protocols/blob/master/PROTOCOL.md behind a message type. */
export const yjs: Protocol = {
  id: 'yjs',
  displayName: 'Yjs',
  claims: () => false,
  recognises: (payload) => typeof payload !== 'string' && (isStateVector(payload) || awareness(payload) !== null),
  decode: (payload) => (typeof payload === 'string' ? [] : ofMessage(payload)),
};

const SYNC = 0;
const AWARENESS = 1;
const AUTH = 2;
const QUERY_AWARENESS = 3;
const SYNC_OPS = ['sync-step-1', 'sync-step-2', 'update'];
/** An update without structs and without deletions. */
const EMPTY_UPDATE_BYTES = 2;

function ofMessage(bytes: Uint8Array): Label[] {
  const reader = new ByteReader(bytes);
  switch (reader.varUint()) {
    case SYNC: {
      const op = SYNC_OPS[reader.varUint()];
      const length = reader.varUint();
      if (!reader.ok || op === undefined) return [];
      return [label(op === 'sync-step-1' || length <= EMPTY_UPDATE_BYTES ? 'control' : 'data', op)];
    }
    case AWARENESS:
      return reader.ok ? [label('data', 'awareness', null, null, awareness(bytes) ?? undefined)] : [];
    case AUTH:
      return [label('control', 'auth')];
    case QUERY_AWARENESS:
      return bytes.length === 1 ? [label('control', 'query-awareness')] : [];
    default:
      return [];
  }
}

/** What each client says of itself (cursor, name, colour); null: the bytes are not so made. */
function awareness(bytes: Uint8Array): { client: number; clock: number; state: unknown }[] | null {
  const reader = new ByteReader(bytes.subarray(0, PARSE_LIMIT));
  if (reader.varUint() !== AWARENESS || reader.varUint() !== reader.left || !reader.ok) return null;
  const states = [];
  for (let clients = reader.varUint(); clients > 0 && reader.ok; clients--) {
    const client = reader.varUint();
    const clock = reader.varUint();
    const text = reader.text(reader.varUint());
    const state = text === 'null' ? null : parseJson(text);
    if (state === undefined) return null;
    states.push({ client, clock, state });
  }
  return reader.ok && reader.left === 0 && states.length > 0 ? states : null;
}

/** The first message of either side: a state vector of at least one client (an empty one could be any four bytes). */
function isStateVector(bytes: Uint8Array): boolean {
  const reader = new ByteReader(bytes.subarray(0, PARSE_LIMIT));
  if (reader.varUint() !== SYNC || reader.varUint() !== 0 || reader.varUint() !== reader.left) return false;
  const clients = reader.varUint();
  for (let i = 0; i < 2 * clients && reader.ok; i++) reader.varUint();
  return reader.ok && reader.left === 0 && clients > 0;
}
