import { HANDOVER_EVENT } from '../protocol.ts';
import { hookBeacon } from './beacon.ts';
import { hookBodies } from './body.ts';
import { hookEventSource } from './event-source.ts';
import { hookFetch } from './fetch.ts';
import { getterOf, now, observeEvent } from './natives.ts';
import { createOutbox } from './outbox.ts';
import { hookToString } from './patch.ts';
import { hookWebSocket } from './web-socket.ts';
import { hookXhr } from './xhr.ts';

const channel = new MessageChannel();
const emit = createOutbox(channel, document);
let lastId = 0;
const nextId = () => ++lastId;

hookFetch(emit, nextId, hookBodies(emit));
hookXhr(emit, nextId);
hookEventSource(emit, nextId);
hookWebSocket(emit, nextId);
hookBeacon(emit, nextId);
hookToString();

const visibilityState = getterOf(Document.prototype, 'visibilityState');
observeEvent(document, 'visibilitychange', () => {
  emit({ kind: 'visibility', id: nextId(), at: now(), state: visibilityState(document) });
});

// The relay listens already (it stands first in the manifest) and takes the port before any script of the page exists.
document.dispatchEvent(new MessageEvent(HANDOVER_EVENT, { ports: [channel.port2] }));
