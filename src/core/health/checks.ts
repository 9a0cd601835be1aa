import type { SessionFacts } from '../simulate/facts.ts';
import { type BufferingProxy, bufferingProxy } from './buffering-proxy.ts';
import { type DuplicatePollers, duplicatePollers } from './duplicate-pollers.ts';
import type { Severity } from './finding.ts';
import { type GrowingBufferedAmount, growingBufferedAmount } from './growing-buffered-amount.ts';
import { type HeartbeatGaps, heartbeatGaps } from './heartbeat-gaps.ts';
import { type InstantLongPoll, instantLongPoll } from './instant-long-poll.ts';
import { type MissingCacheHeaders, missingCacheHeaders } from './missing-cache-headers.ts';
import { type OneWayWebSocket, oneWayWebSocket } from './one-way-web-socket.ts';
import { type OversizedHeaders, oversizedHeaders } from './oversized-headers.ts';
import { type PollingBesideStream, pollingBesideStream } from './polling-beside-stream.ts';
import { type PollingFasterThanData, pollingFasterThanData } from './polling-faster-than-data.ts';
import { type PollingWhileHidden, pollingWhileHidden } from './polling-while-hidden.ts';
import { type ReconnectStorm, reconnectStorm } from './reconnect-storm.ts';
import { type SixConnections, sixConnections } from './six-connections.ts';
import { type SocketIoStuckOnPolling, socketIoStuckOnPolling } from './socket-io-stuck-on-polling.ts';
import { type SseClosesEachTime, sseClosesEachTime } from './sse-closes-each-time.ts';
import { type UncompressedPolls, uncompressedPolls } from './uncompressed-polls.ts';
import { type WastefulMessages, wastefulMessages } from './wasteful-messages.ts';
import { type WebSocketRequestResponse, webSocketRequestResponse } from './web-socket-request-response.ts';

export type Finding =
  | BufferingProxy
  | DuplicatePollers
  | GrowingBufferedAmount
  | HeartbeatGaps
  | InstantLongPoll
  | MissingCacheHeaders
  | OneWayWebSocket
  | OversizedHeaders
  | PollingBesideStream
  | PollingFasterThanData
  | PollingWhileHidden
  | ReconnectStorm
  | SixConnections
  | SocketIoStuckOnPolling
  | SseClosesEachTime
  | UncompressedPolls
  | WastefulMessages
  | WebSocketRequestResponse;

export type CheckId = Finding['check'];

const CHECKS: readonly ((session: SessionFacts) => Finding[])[] = [
  bufferingProxy,
  duplicatePollers,
  growingBufferedAmount,
  heartbeatGaps,
  instantLongPoll,
  missingCacheHeaders,
  oneWayWebSocket,
  oversizedHeaders,
  pollingBesideStream,
  pollingFasterThanData,
  pollingWhileHidden,
  reconnectStorm,
  sixConnections,
  socketIoStuckOnPolling,
  sseClosesEachTime,
  uncompressedPolls,
  wastefulMessages,
  webSocketRequestResponse,
];

const GRAVITY: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Everything that is wrong in a session, the worst first. */
export const checkHealth = (session: SessionFacts): Finding[] =>
  CHECKS.flatMap((check) => check(session)).toSorted((a, b) => GRAVITY[a.severity] - GRAVITY[b.severity]);
