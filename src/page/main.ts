import { HANDOVER_EVENT } from '../protocol.ts';
import { hookBeacon } from './beacon.ts';
import { createBlobReader } from './blobs.ts';
import { hookBodies } from './body.ts';
import { hookEventSource } from './event-source.ts';
import { hookFetch } from './fetch.ts';
import { createMessageTeller } from './message.ts';
import { createOutbox } from './outbox.ts';
import { hookToString } from './patch.ts';
import { hookStreams } from './streams.ts';
import { tellVisibility } from './visibility.ts';
import { hookWebSocket } from './web-socket.ts';
import { hookWebSocketStream } from './web-socket-stream.ts';
import { hookWebTransport } from './web-transport.ts';
import { hookWriters } from './writers.ts';
import { hookXhr } from './xhr.ts';

const channel = new MessageChannel();
const outbox = createOutbox(channel, document);
const tell = createMessageTeller(outbox, createBlobReader(outbox));
const watchStream = hookStreams();
const watchWriter = hookWriters();

tellVisibility(outbox, document);
hookFetch(outbox, hookBodies(outbox, watchStream));
hookXhr(outbox);
hookEventSource(outbox, tell);
hookWebSocket(outbox, tell);
hookWebSocketStream(outbox, tell, watchStream, watchWriter);
hookWebTransport(outbox, tell, watchStream, watchWriter);
hookBeacon(outbox);
hookToString();

// The relay listens already (it stands first in the manifest) and takes the port before any script of the page exists.
document.dispatchEvent(new MessageEvent(HANDOVER_EVENT, { ports: [channel.port2] }));
