import { remembered } from '../remembered.ts';

/** Keys whose change alone is no news. */
export const VOLATILE_KEY = /^(ts|time|timestamp|now|request_?id|nonce|server_?time)$/i;
/** Keys that say how it went, or where the reader stands, not what is new. */
const STATUS_KEY =
  /^(ok|status|success|code|error|errors|message|result_?code|retry|interval|count|total|length|has_?more|more|cursor|next(_?(cursor|token|page|batch|offset))?|since|offset|last_?(id|event_?id|seq)|seq|version|token|etag|jsonrpc|id)$/i;
/** Whole bodies by which services say "received" or "nothing". */
const SAID_NOTHING = new Set(['{}', '[]', 'null', '""', 'ok', '"ok"', 'true', 'pong', '"pong"', '1', '0']);
/** The longest of them. */
const LONGEST_NOTHING = Math.max(...[...SAID_NOTHING].map(({ length }) => length));
/** A longer body says something. */
const ACKNOWLEDGEMENT_CHARS = 100;

/** Or worse: what is no white space is told by its code, without a copy. */
export const isSpace = (code: number): boolean => !(code > 32 && code < 128);

/** `ok`, `{}`, `{"ok":true}`: a body that merely confirms. `json`: the same parsed, undefined when it is not JSON. */
export function isAcknowledgement(body: string, json: unknown): boolean {
  if (body.length > ACKNOWLEDGEMENT_CHARS) return false;
  const maySayNothing =
    body.length <= LONGEST_NOTHING || isSpace(body.charCodeAt(0)) || isSpace(body.charCodeAt(body.length - 1));
  if (maySayNothing && SAID_NOTHING.has(body.trim().toLowerCase())) return true;
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return false;
  const record = json as Record<string, unknown>;
  let confirms = false;
  for (const key in record) {
    if (isConfirming(key) && isConfirmation(record[key])) confirms = true;
    // When it was received, and under which number, is no news either.
    else if (!isVolatile(key) || typeof record[key] === 'object') return false;
  }
  return confirms;
}

const isVolatile = remembered((key) => VOLATILE_KEY.test(key));

const isConfirming = remembered((key) => /^(ok|status|success|result|ack|error)$/i.test(key));

const isConfirmation = (value: unknown): boolean =>
  value === true ||
  value === null ||
  value === 0 ||
  // HTTP's own words for it.
  (typeof value === 'number' && value >= 200 && value <= 204) ||
  (typeof value === 'string' && /^(ok|success|accepted|)$/i.test(value));

/**
 * An envelope whose content is empty: `{"ok":true,"result":[]}`. At least one list or object must be there, and be empty, and
 * whatever else is said only tells how it went or where the reader stands.
 */
export function isEmptyEnvelope(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return false;
  let hasEmpty = false;
  const record = json as Record<string, unknown>;
  for (const key in record) {
    const value = record[key];
    if (isEmptyContainer(value)) hasEmpty = true;
    else if (value !== null && value !== '' && !isStatus(key)) return false;
    else if (typeof value === 'object' && value !== null) return false;
  }
  return hasEmpty;
}

const isStatus = remembered((key) => STATUS_KEY.test(key) || VOLATILE_KEY.test(key));

const isEmptyContainer = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
