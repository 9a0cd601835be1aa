import { label, PARSE_LIMIT, type Protocol } from './protocol.ts';
import { textOfPayload } from './wire/bytes.ts';
import { plainHeartbeat } from './wire/heartbeat.ts';

/** Messages with their id before them, https://nchan.io/#the-ws-meta-nchan-subprotocol */
export const nchan: Protocol = {
  id: 'nchan',
  displayName: 'Nchan',
  claims: ({ subprotocol }) => subprotocol === 'ws+meta.nchan',
  decode: (payload, direction) => {
    if (direction === 'sent') return [plainHeartbeat(payload) ?? label('data', 'publish')];
    const text = textOfPayload(payload, PARSE_LIMIT);
    const [head, id, contentType = null] = HEAD.exec(text.slice(0, 2000)) ?? [];
    if (head === undefined) return [];
    const body = text.slice(head.length);
    return [plainHeartbeat(body) ?? label('data', 'message', null, null, { id, contentType, payload: body })];
  },
};

/** `id: 1700000000:0`, perhaps a content type, a blank line. */
const HEAD = /^id: ([^\n]+)\n(?:content-type: ([^\n]*)\n)?\n/;
