import type { Direction } from '../../protocol.ts';
import { remembered } from '../remembered.ts';
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
export function recogniseByHint(hint: Hint): Protocol | null {
  const url = hasTellingParameter(hint.url) ? hint.url : withoutQuery(hint.url);
  const answers = answersByUrl(url);
  for (const answer of answers) if (isSameHint(answer.hint, hint)) return answer.protocol;
  const asked = { ...hint, url };
  const protocol = PROTOCOLS.find((each) => each.claims(asked)) ?? null;
  if (answers.push({ hint: asked, protocol }) > MAX_ANSWERS) answers.shift();
  return protocol;
}

/** All recognisers together cost more than all else that a request does, and few URLs differ in what they look at. */
const PARAMETERS = new RegExp(`[?&](?:${PROTOCOLS.flatMap(({ parameters = [] }) => parameters).join('|')})(?:[=&]|$)`);

/** Whether its query may tell the protocol. Where it does not, URLs that differ in their query alone are told the same. */
export const hasTellingParameter = (url: string): boolean => PARAMETERS.test(url);

/** What was said of a URL before, by method, subprotocol and content type. */
const answersByUrl = remembered((): { hint: Hint; protocol: Protocol | null }[] => []);
const MAX_ANSWERS = 8;

/** Of two that ask about the same URL. */
const isSameHint = (a: Hint, b: Hint): boolean =>
  a.contentType === b.contentType &&
  a.method === b.method &&
  a.subprotocol === b.subprotocol &&
  a.eventName === b.eventName;

function withoutQuery(url: string): string {
  const end = url.indexOf('?');
  return end < 0 ? url : url.slice(0, end);
}

/**
 * The protocol that one payload tells for certain; null: it does not. Ask for the first payloads of a channel that
 * no hint names, and of one that is Engine.IO by its URL, which may turn out to be Socket.IO.
 */
export const recogniseByPayload = (payload: Payload, direction: Direction, hint: Hint): Protocol | null =>
  PROTOCOLS.find((each) => each.recognises?.(payload, direction, hint) === true) ?? null;

export const protocolById = (id: string): Protocol | null => PROTOCOLS.find((each) => each.id === id) ?? null;

/** As its makers write it; the id itself when it is none of ours. */
export const displayName = (id: string): string => protocolById(id)?.displayName ?? id;
