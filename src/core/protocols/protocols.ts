import type { Direction } from '../../protocol.ts';
import { actionCable } from './actioncable.ts';
import { anthropicStream } from './anthropic-stream.ts';
import { bayeux } from './bayeux.ts';
import { centrifugo } from './centrifugo.ts';
import { engineIo } from './engine.io.ts';
import { graphql } from './graphql.ts';
import { graphqlSse } from './graphql-sse.ts';
import { graphqlTransportWs } from './graphql-transport-ws.ts';
import { hls } from './hls.ts';
import { jsonRpc } from './json-rpc.ts';
import { matrix } from './matrix.ts';
import { mercure } from './mercure.ts';
import { mqtt } from './mqtt.ts';
import { nats } from './nats.ts';
import { nchan } from './nchan.ts';
import { openAiStream } from './openai-stream.ts';
import { phoenix } from './phoenix.ts';
import type { Hint, Payload, Protocol } from './protocol.ts';
import { pusher } from './pusher.ts';
import { signalR } from './signalr.ts';
import { socketIo } from './socket.io.ts';
import { sockJs } from './sockjs.ts';
import { stomp } from './stomp.ts';
import { subscriptionsTransportWs } from './subscriptions-transport-ws.ts';
import { trpc } from './trpc.ts';
import { vercelAiStream } from './vercel-ai-stream.ts';
import { wamp } from './wamp.ts';
import { yjs } from './yjs.ts';

/** The first that is certain names the channel: what is built upon another protocol comes before it. */
export const PROTOCOLS: readonly Protocol[] = [
  socketIo,
  engineIo,
  sockJs,
  signalR,
  bayeux,
  graphqlTransportWs,
  subscriptionsTransportWs,
  graphqlSse,
  graphql,
  stomp,
  mqtt,
  wamp,
  phoenix,
  actionCable,
  pusher,
  centrifugo,
  nats,
  nchan,
  trpc,
  mercure,
  matrix,
  hls,
  openAiStream,
  anthropicStream,
  vercelAiStream,
  jsonRpc,
  yjs,
];

/** The protocol that URL, subprotocol or content type tell for certain; null: they do not. */
export const recogniseByHint = (hint: Hint): Protocol | null => PROTOCOLS.find((each) => each.claims(hint)) ?? null;

/**
 * The protocol that one payload tells for certain; null: it does not. Ask for the first payloads of a channel that
 * no hint names, and of one that is Engine.IO by its URL, which may turn out to be Socket.IO.
 */
export const recogniseByPayload = (payload: Payload, direction: Direction, hint: Hint): Protocol | null =>
  PROTOCOLS.find((each) => each.recognises?.(payload, direction, hint) === true) ?? null;

export const protocolById = (id: string): Protocol | null => PROTOCOLS.find((each) => each.id === id) ?? null;

/** As its makers write it; the id itself when it is none of ours. */
export const displayName = (id: string): string => protocolById(id)?.displayName ?? id;
