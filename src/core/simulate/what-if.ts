import type { Assumption } from './assumptions.ts';
import { drawHistories, withRate } from './draws.ts';
import { type Ensemble, playAll } from './ensemble.ts';
import { type Inferred, inferEvents } from './events.ts';
import type { ChannelFacts, SessionFacts } from './facts.ts';
import { isH2 } from './heads.ts';
import { presentOf } from './present.ts';
import type { Choice, HttpVersion, World } from './world.ts';
import { worldsOf } from './worlds.ts';

/** A channel's own events, ready to be played over any transport. */
export interface WhatIf {
  inferred: Inferred;
  horizonMs: number;
  /** How it gets its news today; null where that is none of the transports simulated. */
  present: Choice | null;
  /** The world of the probable case. */
  world: World;
  /** What the figures rest on, and how sure that is. */
  assumptions: Assumption[];
  /** The same choice is played once; a change of the world is played each time. */
  play(choice: Choice, change?: (world: World) => World): Ensemble;
  /** In the probable world alone, without ranges: for curves, and to look for an optimum. */
  sketch(choice: Choice, change?: (world: World) => World): Ensemble;
}

/** Histories of a sketch: four moments of the period are enough to tell which of two periods is better. */
const SKETCHED = 4;

export interface WhatIfOptions {
  /** The version of HTTP to compare on; by default the channel's own. */
  httpVersion?: HttpVersion;
  /** So many times as many events a second. */
  rateFactor?: number;
}

/** Null where nothing can be said: fewer than two answers, or no time passed. */
export function prepareWhatIf(
  channel: ChannelFacts,
  session: SessionFacts,
  { httpVersion = isH2(channel) ? 'h2' : 'http/1.1', rateFactor = 1 }: WhatIfOptions = {},
): WhatIf | null {
  const inferred = inferEvents(channel, session);
  if (inferred === null) return null;
  const { value, low, high, assumptions } = worldsOf(channel, session, inferred, httpVersion);
  const { horizonMs } = value;
  const drawn = drawHistories(inferred);
  const histories = rateFactor === 1 ? drawn : drawn.map((history) => withRate(history, horizonMs, rateFactor));
  const few = histories.slice(0, SKETCHED);
  const played = new Map<string, Ensemble>();
  const sketched = new Map<string, Ensemble>();
  const once = (known: Map<string, Ensemble>, choice: Choice, play: () => Ensemble): Ensemble => {
    const key = JSON.stringify(choice);
    const ensemble = known.get(key) ?? play();
    known.set(key, ensemble);
    return ensemble;
  };
  return {
    inferred,
    horizonMs,
    present: presentOf(channel),
    world: value,
    assumptions,
    play: (choice, change) =>
      change === undefined
        ? once(played, choice, () => playAll(histories, value, [low, high], choice))
        : playAll(histories, change(value), [change(low), change(high)], choice),
    sketch: (choice, change) =>
      change === undefined
        ? once(sketched, choice, () => playAll(few, value, [], choice))
        : playAll(few, change(value), [], choice),
  };
}
