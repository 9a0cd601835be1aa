import { type Label, label, type Protocol } from './protocol.ts';
import { plainHeartbeat } from './wire/heartbeat.ts';
import { decodeForm, endpointOf, pathOf, queryOf } from './wire/url.ts';

/** https://mercure.rocks/spec: updates come as server-sent events, publications go as forms. */
export const mercure: Protocol = {
  id: 'mercure',
  displayName: 'Mercure',
  claims: ({ url }) => pathOf(url) === '/.well-known/mercure',
  decode: (payload, direction, { url, eventName }) => {
    if (typeof payload !== 'string') return [];
    if (direction === 'sent') return publication(payload);
    if (eventName === null) return [];
    // An update does not name its topic: known is which type it has, or which topics were asked for.
    return [
      plainHeartbeat(payload, eventName) ??
        label('data', eventName === 'message' ? 'update' : eventName, queryOf(url, 'topic')),
    ];
  },
  side: ({ method }) => (method === 'POST' ? 'uplink' : 'downlink'),
  session: ({ url }) => endpointOf(url),
};

function publication(form: string): Label[] {
  const topic = /(?:^|&)topic=([^&]*)/.exec(form)?.[1];
  return topic === undefined ? [] : [label('data', 'publish', decodeForm(topic))];
}
