import { flagParam, numberParam } from './http/params.ts';

/** What goes wrong in one run, on purpose. All zero or false: nothing. */
export interface Faults {
  /** One-way delays: page to server, server to page; and the most that chance adds to each. Order is kept. */
  delayUpMs: number;
  delayDownMs: number;
  jitterMs: number;
  /** All connections of the run are closed at once, each time that this has passed since its first request. */
  dropEveryMs: number;
  /** The server reads what the page sends no faster than this. */
  readBytesPerSecond: number;
  /** A response is cut by a TCP reset (HTTP/2: RST_STREAM) after this many bytes of content. */
  resetAfterBytes: number;
  /** A proxy that holds a stream's chunks this long and lets them go together. */
  bufferForMs: number;
  /** WebSocket handshakes are answered 403. */
  refuseUpgrades: boolean;
  /** The share of requests answered 500. */
  errorRate: number;
  /** SSE streams are closed as soon as they open: the browser comes back at once, again and again. */
  reconnectStorm: boolean;
  /** The server's clock, as events show it, is ahead by this (negative: behind). */
  clockErrorMs: number;
}

const HOUR_MS = 3_600_000;
const upTo = (max: number) => ({ default: 0, min: 0, max });

/**
 * Reads the faults from query parameters `delayUp delayDown jitter dropEvery readRate resetAfter bufferFor refuseUpgrades
 * errorRate storm clockError` (ms, bytes, bytes per second, a share of 1). @throws HttpError 400 naming the parameter.
 */
export function faultsFromParams(params: URLSearchParams): Faults {
  return {
    delayUpMs: numberParam(params, 'delayUp', upTo(60_000)),
    delayDownMs: numberParam(params, 'delayDown', upTo(60_000)),
    jitterMs: numberParam(params, 'jitter', upTo(60_000)),
    dropEveryMs: numberParam(params, 'dropEvery', upTo(HOUR_MS)),
    readBytesPerSecond: numberParam(params, 'readRate', upTo(1e9)),
    resetAfterBytes: numberParam(params, 'resetAfter', upTo(1e9)),
    bufferForMs: numberParam(params, 'bufferFor', upTo(60_000)),
    refuseUpgrades: flagParam(params, 'refuseUpgrades'),
    errorRate: numberParam(params, 'errorRate', upTo(1)),
    reconnectStorm: flagParam(params, 'storm'),
    clockErrorMs: numberParam(params, 'clockError', { default: 0, min: -24 * HOUR_MS, max: 24 * HOUR_MS }),
  };
}

export const NO_FAULTS: Readonly<Faults> = faultsFromParams(new URLSearchParams());
