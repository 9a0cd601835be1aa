import { handshakeEntry } from '../../../core/cdp/handshake.ts';
import { headerList } from '../../../core/cdp/headers.ts';
import { headerValue } from '../../../core/har-entry.ts';
import { base64 } from '../../../core/protocols/wire/bytes.ts';
import { utf8Bytes } from '../../../core/utf8.ts';
import type { Direction } from '../../../protocol.ts';
import type { CdpEvents, Handlers } from './events.ts';
import type { WorkerTools } from './worker.ts';

const SWITCHING_PROTOCOLS = 101;
const [TEXT_FRAME, BINARY_FRAME] = [1, 2];

interface Socket {
  url: string;
  /** Null until its handshake is sent: only then is its time known. */
  id: number | null;
  startedAt: number;
  isSound: boolean;
}

/** A worker's WebSockets: every message as it comes, and the handshake to the byte while the socket is open. */
export function readSockets({ emit, nextId, wanted, clock, onOpen }: WorkerTools): Handlers {
  const sockets = new Map<string, Socket>();

  const takeFrame =
    (direction: Direction) =>
    ({ requestId, timestamp, response }: CdpEvents['Network.webSocketFrameReceived']): void => {
      const id = sockets.get(requestId)?.id ?? null;
      const { opcode, payloadData } = response;
      if (id === null || (opcode !== TEXT_FRAME && opcode !== BINARY_FRAME)) return;
      const { textChars, binaryBytes } = wanted();
      const bytes = opcode === BINARY_FRAME ? (base64(payloadData) ?? new Uint8Array()) : null;
      emit({
        kind: 'message',
        id,
        at: timestamp * 1000,
        direction,
        type: bytes === null ? 'text' : 'binary',
        payloadBytes: bytes?.length ?? utf8Bytes(payloadData),
        text: bytes === null ? payloadData.slice(0, textChars) : null,
        // A copy, which keeps nothing of the rest in memory.
        bytes: bytes?.slice(0, binaryBytes) ?? null,
        contentId: null,
        lastEventId: '',
      });
    };

  return {
    'Network.webSocketCreated'({ requestId, url }) {
      sockets.set(requestId, { url: url.split('#', 1)[0]!, id: null, startedAt: 0, isSound: false });
    },
    'Network.webSocketWillSendHandshakeRequest'({ requestId, timestamp, wallTime }) {
      const socket = sockets.get(requestId);
      if (socket === undefined) return;
      socket.startedAt = wallTime * 1000;
      socket.id = nextId();
      emit({ kind: 'connect', id: socket.id, at: timestamp * 1000, api: 'websocket', url: socket.url, stack: null });
    },
    'Network.webSocketHandshakeResponseReceived'({ requestId, timestamp, response }) {
      const socket = sockets.get(requestId);
      if (socket === undefined || socket.id === null) return;
      const at = clock.wall(timestamp);
      onOpen(handshakeEntry(socket.url, { startedAt: socket.startedAt, respondedAt: at, endedAt: at }, response));
      if (response.status !== SWITCHING_PROTOCOLS) return;
      socket.isSound = true;
      const headers = headerList(response.headers);
      const protocol = headerValue(headers, 'sec-websocket-protocol') ?? '';
      const extensions = headerValue(headers, 'sec-websocket-extensions') ?? '';
      emit({ kind: 'open', id: socket.id, at: timestamp * 1000, protocol, extensions });
    },
    'Network.webSocketFrameSent': takeFrame('sent'),
    'Network.webSocketFrameReceived': takeFrame('received'),
    'Network.webSocketFrameError'({ requestId }) {
      const socket = sockets.get(requestId);
      if (socket !== undefined) socket.isSound = false;
    },
    'Network.webSocketClosed'({ requestId, timestamp }) {
      const socket = sockets.get(requestId);
      sockets.delete(requestId);
      // Without a handshake it never left the browser, and nobody can tell when.
      if (socket === undefined || socket.id === null) return;
      // The code is not told.
      emit({ kind: 'close', id: socket.id, at: timestamp * 1000, code: null, reason: '', wasClean: socket.isSound });
    },
  };
}
