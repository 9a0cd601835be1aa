import { type Label, label, type Payload } from '../protocol.ts';
import { utf8 } from './bytes.ts';
import { isObject, type Json, parseJson } from './json.ts';

/** Heartbeats are short; what is longer says more than "I am here". */
const MAX_CHARS = 256;
const MAX_BYTES = 32;

const WORD = /^(?:ping|pong|heart[-_ ]?beat(?:[-_ ]?ack)?|keep[-_ ]?alive|hb)$/i;
/** In JSON, worth parsing for. */
const CONTAINS_WORD = /p[io]ng|beat|alive|"hb"/i;
/** Primus (https://github.com/primus/primus#heartbeats-and-latency) and IRC (RFC 1459 §4.6.2) say more than the word. */
const WITH_STAMP = /^(?:primus::(p[io]ng)::\d*|(P[IO]NG) :?\S+)$/;
/** Members under which messages name their kind. */
const KIND_KEYS = [
  'type',
  'event',
  'op',
  'action',
  'cmd',
  'command',
  'method',
  'msg',
  'kind',
  'channel',
  't',
  'e',
  'name',
];
/** Members that say when and which, not what: they may stand beside the kind. */
const BESIDES =
  /^(?:ts|t|time|timestamp|at|now|date|id|seq|sequence|ref|nonce|uuid|v|version|jsonrpc|data|payload|d|params|args|body|interval|rtt|latency|success|reply_to|ret_msg)$|_(?:id|at|ts|time)$|[a-z](?:Id|At|Ts|Time|Stamp)$/;

/** Is this how messages that only keep the line alive are called? */
export const isHeartbeatWord = (name: string): boolean => WORD.test(name);

/**
 * The label of a heartbeat that applications make themselves, whatever they speak: `ping`, `{"type":"ping","ts":1}`,
 * `["heartbeat"]`, a server-sent event named `ping`, an empty message. null: this is none.
 */
export function plainHeartbeat(payload: Payload, eventName: string | null = null): Label | null {
  if (payload.length > (typeof payload === 'string' ? MAX_CHARS : MAX_BYTES)) return null;
  if (eventName === null && typeof payload === 'string' && opensJson(payload)) return ofJson(payload);
  const text = (typeof payload === 'string' ? payload : utf8(payload)).trim();
  if (eventName !== null && isHeartbeatWord(eventName)) return beat(eventName);
  // A named event without data is a signal, not silence.
  if (text === '') {
    const isSilent = typeof payload === 'string' ? eventName === null || eventName === 'message' : payload.length === 0;
    return isSilent ? beat('heartbeat') : null;
  }
  if (opensJson(text)) return ofJson(text);
  const word = text[0] === '"' && text.endsWith('"') ? text.slice(1, -1) : text;
  if (isHeartbeatWord(word)) return beat(word);
  const stamped = WITH_STAMP.exec(word);
  return stamped === null ? null : beat(stamped[1] ?? stamped[2]!);
}

/** `{` or `[`: most messages are told by their first character, before anything is copied. */
const opensJson = (text: string): boolean => text.charCodeAt(0) === 123 || text.charCodeAt(0) === 91;

const ofJson = (text: string): Label | null => (CONTAINS_WORD.test(text) ? inJson(parseJson(text)) : null);

function inJson(value: unknown): Label | null {
  if (Array.isArray(value))
    return value.length === 1 && typeof value[0] === 'string' && isHeartbeatWord(value[0]) ? beat(value[0]) : null;
  if (!isObject(value)) return null;
  for (const key of KIND_KEYS) {
    const kind = value[key];
    if (typeof kind === 'string') return isHeartbeatWord(kind) && saysNoMore(value, key) ? beat(kind) : null;
  }
  const key = Object.keys(value).find(isHeartbeatWord);
  return key !== undefined && isScalarOrEmpty(value[key]) && saysNoMore(value, key) ? beat(key) : null;
}

const saysNoMore = (value: Json, kindKey: string): boolean =>
  Object.entries(value).every(([key, member]) => key === kindKey || (BESIDES.test(key) && isScalarOrStamps(member)));

const isScalarOrStamps = (member: unknown): boolean =>
  isScalarOrEmpty(member) ||
  (isObject(member) && Object.entries(member).every(([key, inner]) => BESIDES.test(key) && isScalarOrEmpty(inner)));

const isScalarOrEmpty = (member: unknown): boolean =>
  typeof member !== 'object' || member === null || Object.keys(member).length === 0;

const beat = (word: string): Label => label('heartbeat', word.toLowerCase());
