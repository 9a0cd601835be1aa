import { PERIODS_MS } from '../../core/advise/ladder.ts';
import {
  bytesOf,
  type Ensemble,
  estimateOf,
  latencyQuantileMs,
  meanLatencyMs,
  perHour,
  requestsOf,
} from '../../core/simulate/ensemble.ts';
import { USUAL_HOLD_MS } from '../../core/simulate/present.ts';
import { atScale, type ServerLoad } from '../../core/simulate/scale.ts';
import type { WhatIf } from '../../core/simulate/what-if.ts';
import type { Choice, Played, PollingChoice, WireBytes, World } from '../../core/simulate/world.ts';
import type { CurvePoint, MetricId, Outcome, WhatIfSettings, WhatIfTable } from './messages.ts';

/** Where nothing is polled yet: between a chat's second and a dashboard's half minute. */
const USUAL_PERIOD_MS = 5000;
/** A period must fit so often into what was watched for a point of the curve to mean anything. */
const MIN_PERIODS = 4;

/** Plays the channel's events over all transports as the settings have them. */
export function whatIfTable(channelId: number, whatIf: WhatIf, wanted: WhatIfSettings): WhatIfTable {
  const settings = filledIn(wanted, whatIf);
  const change = wanted.rttMs === null ? undefined : (world: World) => withRoundTrip(world, settings.rttMs);
  const polling = pollingOf(settings, whatIf.present);
  const others: Exclude<Choice, PollingChoice>[] = [
    { transport: 'long-polling', timeoutMs: settings.holdMs },
    { transport: 'sse' },
    { transport: 'websocket', deflate: settings.deflate },
  ];
  const outcome = (role: Outcome['role'], choice: Choice): Outcome => ({
    role,
    choice,
    metrics: metricsOf(whatIf.play(choice, change), settings.clients),
  });
  const periods = [...PERIODS_MS, polling.periodMs]
    .filter((periodMs) => periodMs * MIN_PERIODS <= whatIf.horizonMs)
    .toSorted((a, b) => a - b);
  return {
    channelId,
    horizonMs: whatIf.horizonMs,
    events: whatIf.inferred.events.length,
    present: whatIf.present,
    settings,
    outcomes: [
      ...(whatIf.present === null ? [] : [outcome('present', whatIf.present)]),
      ...[polling, ...others].map((choice) => outcome('choice', choice)),
    ],
    curve: [...new Set(periods)].map((periodMs) => ({
      periodMs,
      polling: pointOf(whatIf.sketch({ ...polling, periodMs }, change)),
    })),
    flat: others.map((choice) => ({ transport: choice.transport, point: pointOf(whatIf.sketch(choice, change)) })),
    assumptions: whatIf.assumptions.filter(({ id }) => id !== 'rtt' || wanted.rttMs === null),
  };
}

function filledIn(wanted: WhatIfSettings, { present, world }: WhatIf): WhatIfTable['settings'] {
  const polling = present?.transport === 'polling' ? present : null;
  const hold = present?.transport === 'long-polling' ? present.timeoutMs : USUAL_HOLD_MS;
  return {
    ...wanted,
    periodMs: wanted.periodMs ?? polling?.periodMs ?? USUAL_PERIOD_MS,
    timer: wanted.timer ?? polling?.timer ?? 'interval',
    conditional: wanted.conditional ?? polling?.conditional ?? false,
    holdMs: wanted.holdMs ?? hold,
    rttMs: wanted.rttMs ?? world.link.upMs + world.link.downMs,
    deflate: wanted.deflate ?? (present?.transport === 'websocket' && present.deflate),
    httpVersion: wanted.httpVersion ?? world.httpVersion,
  };
}

const pollingOf = (settings: WhatIfTable['settings'], present: Choice | null): PollingChoice => ({
  transport: 'polling',
  periodMs: settings.periodMs,
  timer: settings.timer,
  conditional: settings.conditional,
  mode: present?.transport === 'polling' ? present.mode : 'log',
  phaseMs: null,
});

/** A round trip that is given, half of it each way. */
const withRoundTrip = (world: World, rttMs: number): World => ({
  ...world,
  link: { ...world.link, upMs: rttMs / 2, downMs: rttMs / 2 },
});

function metricsOf(ensemble: Ensemble, clients: number): Record<MetricId, ReturnType<typeof estimateOf>> {
  const { horizonMs } = ensemble;
  const anHour = (figure: (played: Played) => number) => estimateOf(ensemble, perHour(figure, horizonMs));
  const bytesAnHour = (kind: keyof WireBytes) => anHour(({ bytes }) => bytes[kind]);
  const load = (figure: Exclude<keyof ServerLoad, 'clients'>) =>
    estimateOf(ensemble, (played) => atScale(played, horizonMs, clients)[figure]);
  return {
    requestsPerHour: anHour(requestsOf),
    wastedPerHour: anHour(({ wasted }) => wasted),
    requestHeaderPerHour: bytesAnHour('requestHeader'),
    responseHeaderPerHour: bytesAnHour('responseHeader'),
    framingPerHour: bytesAnHour('framing'),
    payloadPerHour: bytesAnHour('payload'),
    bytesPerHour: anHour(bytesOf),
    meanLatencyMs: estimateOf(ensemble, meanLatencyMs),
    p95LatencyMs: estimateOf(ensemble, latencyQuantileMs(0.95)),
    coalesced: estimateOf(ensemble, ({ coalesced }) => coalesced),
    lost: estimateOf(ensemble, ({ lost }) => lost),
    serverBytesPerSecond: load('bytesPerSecond'),
    serverRequestsPerSecond: load('requestsPerSecond'),
    serverConnectionsHeld: load('connectionsHeld'),
    serverConnectionsIdle: load('connectionsIdle'),
  };
}

function pointOf(ensemble: Ensemble): CurvePoint {
  const { horizonMs } = ensemble;
  return {
    requestsPerHour: estimateOf(ensemble, perHour(requestsOf, horizonMs))!.value,
    bytesPerHour: estimateOf(ensemble, perHour(bytesOf, horizonMs))!.value,
    meanLatencyMs: estimateOf(ensemble, meanLatencyMs)?.value ?? null,
  };
}
