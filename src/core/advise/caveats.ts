import type { Transport } from '../model.ts';
import { isH2 } from '../simulate/heads.ts';
import { pollModeOf } from '../simulate/present.ts';
import type { CaveatId } from './advice.ts';
import type { AdviceCase } from './case.ts';

/** Below this the rate of events is known to no better than a fifth (1/√n for Poisson events). */
const FEW_EVENTS = 30;
/** A phone's radio stays awake for 5 to 20 s after each use: polls closer than that keep it on, polls further apart wake it. */
const RADIO_TAIL_MS = 20_000;

/** What to mind on this channel when it is to get its news over `transport`. */
export function caveatsFor(given: AdviceCase, transport: Transport): CaveatId[] {
  const { channel, present, whatIf } = given;
  const pushes = transport === 'sse' || transport === 'websocket';
  const holds = pushes || transport === 'long-polling';
  const polls = present.transport === 'polling' || present.transport === 'long-polling';
  const basisOf = (id: string) => whatIf.assumptions.find((assumption) => assumption.id === id)?.basis;
  const { unseen } = whatIf.inferred;
  const told = channel.exchanges.flatMap(({ network }) => network ?? []);
  const applies: [CaveatId, boolean][] = [
    ['short-recording', whatIf.inferred.events.length < FEW_EVENTS],
    ['assumed-round-trip', basisOf('rtt') !== 'measured'],
    ['assumed-heads', basisOf(`${HEAD_OF[transport] ?? 'poll'}-request-head`) === 'assumed'],
    ['six-connections', (transport === 'sse' || transport === 'long-polling') && !isH2(channel)],
    ['buffering-proxy', transport === 'sse' && present.transport !== 'sse'],
    ['idle-timeouts', holds && present.transport === 'polling'],
    ['auth-headers', pushes && told.some(({ authorized }) => authorized)],
    ['http2-cheaper-bytes', polls && !isH2(channel) && transport !== present.transport],
    ['radio-wakes', transport === 'polling' && present.transport === 'polling' && present.periodMs > RADIO_TAIL_MS],
    ['bypasses-caches', pushes && polls && told.some(({ cacheControl }) => isShared(cacheControl))],
    ['server-must-replay', pushes && polls && pollModeOf(channel) === 'log'],
    ['no-receive-backpressure', transport === 'websocket' && present.transport !== 'websocket'],
    ['deflate-would-help', transport === 'websocket' && whatIf.inferred.events.some(({ text }) => text === null)],
    ['hidden-changes', unseen === null || unseen >= 1],
  ];
  return applies.flatMap(([id, does]) => (does ? [id] : []));
}

const HEAD_OF: Partial<Record<Transport, string>> = { sse: 'stream', websocket: 'web-socket' };

/** Caches between server and reader may answer in its place. */
const isShared = (cacheControl: string | null): boolean =>
  /\b(public|s-maxage=[1-9]|max-age=[1-9])/.test(cacheControl ?? '') &&
  !/\b(private|no-store)\b/.test(cacheControl ?? '');
