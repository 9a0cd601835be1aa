import { type Label, label, MAX_LABELS, type Protocol, type Side } from './protocol.ts';
import { isObject, type Json, readObject, textOf } from './wire/json.ts';
import { endpointOf, pathOf } from './wire/url.ts';

/** https://spec.matrix.org/latest/client-server-api/#syncing, and the simplified sliding sync of MSC4186. */
export const matrix: Protocol = {
  id: 'matrix',
  displayName: 'Matrix',
  claims: ({ url }) => pathOf(url).startsWith(API),
  decode: (payload, direction, { url }) => {
    const path = pathOf(url);
    if (direction === 'sent') {
      const [, event] = SEND.exec(path) ?? [];
      return event === undefined ? [] : [label('data', event)];
    }
    const answer = SYNC.test(path) && typeof payload === 'string' ? readObject(payload) : null;
    return answer === null || !('next_batch' in answer || 'pos' in answer) ? [] : ofSync(answer);
  },
  side: ({ url }): Side | null => {
    const path = pathOf(url);
    return SYNC.test(path) ? 'downlink' : SEND.test(path) ? 'uplink' : null;
  },
  session: ({ url }) => endpointOf(url).split(API)[0]!,
};

const API = '/_matrix/client/';
const SYNC = /\/sync$/;
const SEND = /\/rooms\/[^/]+\/(?:send|state)\/([^/]+)/;

/** One label for each event, named by its room; an answer without any has waited in vain. */
function ofSync(answer: Json): Label[] {
  const labels = [answer.presence, answer.account_data, answer.to_device].flatMap((part) => ofEvents(part, null));
  for (const rooms of isObject(answer.rooms) ? roomLists(answer.rooms) : [])
    for (const [id, room] of Object.entries(rooms)) labels.push(...ofRoom(id, room));
  const { device_lists: devices } = answer;
  if (isObject(devices) && [devices.changed, devices.left].some((list) => Array.isArray(list) && list.length > 0))
    labels.push(label('data', 'device_lists'));
  return labels.length === 0 ? [label('heartbeat', 'timeout')] : labels.slice(0, MAX_LABELS);
}

/** `{join: {…}, invite: {…}}`, or the rooms themselves (their ids begin with `!`). */
const roomLists = (rooms: Json): Json[] =>
  Object.keys(rooms).some((key) => key.startsWith('!')) ? [rooms] : Object.values(rooms).filter(isObject);

const ofRoom = (id: string, room: unknown): Label[] =>
  isObject(room) ? Object.values(room).flatMap((part) => ofEvents(part, id)) : [];

/** `{events: […]}` or a bare list of them. */
function ofEvents(part: unknown, room: string | null): Label[] {
  const events = isObject(part) ? part.events : part;
  if (!Array.isArray(events)) return [];
  return events.filter(isObject).map((event) => label('data', textOf(event.type) ?? 'event', room));
}
