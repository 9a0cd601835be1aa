import type { Ensemble } from '../simulate/ensemble.ts';
import { USUAL_HOLD_MS } from '../simulate/present.ts';
import type { Choice } from '../simulate/world.ts';
import { type AdviceCase, costOf, isClearlyLess } from './case.ts';
import { cheapest, pollingLadder } from './ladder.ts';
import { beatOf, inStep } from './match-period.ts';

/** One way to get the same news, and what it costs. */
export interface Option {
  choice: Choice;
  ensemble: Ensemble;
  pointsPerHour: number;
}

/** Said less often, it may be a greeting or a click: that is no rate to count with. */
const MIN_SENDS = 3;

export const SSE: Choice = { transport: 'sse' };
export const WEB_SOCKET: Choice = { transport: 'websocket', deflate: false };
export const LONG_POLLING: Choice = { transport: 'long-polling', timeoutMs: USUAL_HOLD_MS };
const POLLING = { transport: 'polling', timer: 'interval', conditional: false, mode: 'log', phaseMs: null } as const;

/** Polling at its best period and, where events come like clockwork, in step with them; long polling, SSE and WebSocket, the cheapest first; binary messages rule an event stream out. */
export function optionsOf(given: AdviceCase): Option[] {
  const { present } = given;
  const beat = present.transport === 'polling' ? beatOf(given) : null;
  const polling = cheapest(pollingLadder(given, present.transport === 'polling' ? present : POLLING));
  const choices = [
    ...(polling === null ? [] : [polling.choice]),
    ...(present.transport === 'polling' && beat !== null ? [inStep(present, beat, given)] : []),
    LONG_POLLING,
    ...(isBinary(given) ? [] : [SSE]),
    WEB_SOCKET,
  ];
  return choices.map((choice) => optionOf(given, choice)).toSorted((a, b) => a.pointsPerHour - b.pointsPerHour);
}

export function optionOf(given: AdviceCase, choice: Choice): Option {
  const ensemble = given.whatIf.play(choice);
  return { choice, ensemble, pointsPerHour: costOf(given, ensemble) };
}

/** The better way to be told at once: an event stream, unless it cannot carry the data or a WebSocket is clearly cheaper to speak over. */
export function pushOptionOf(given: AdviceCase): Option {
  const webSocket = optionOf(given, WEB_SOCKET);
  if (isBinary(given)) return webSocket;
  const sse = optionOf(given, SSE);
  if (given.whatIf.world.sends.length < MIN_SENDS) return sse;
  return isClearlyLess(webSocket.pointsPerHour, sse.pointsPerHour) ? webSocket : sse;
}

/** What the page and the server say is not text. */
export const isBinary = ({ channel: { messages, exchanges } }: AdviceCase): boolean =>
  messages.some(({ role, binary }) => role === 'data' && binary) ||
  exchanges.some(({ contentType }) => /^(application\/octet-stream|image\/|audio\/|video\/)/.test(contentType ?? ''));
