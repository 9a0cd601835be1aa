import type { Estimate } from './estimate.ts';
import type { Basis } from './link.ts';

/** What a simulation rests on besides the events. Bytes, or ms for `rtt`, `service`, `sending`, `client-gap`, `keep-alive`, `heartbeat`. */
export type AssumptionId =
  | 'rtt'
  | 'service'
  | 'sending'
  | 'client-gap'
  | 'keep-alive'
  | 'heartbeat'
  | 'poll-request-head'
  | 'poll-response-head'
  | 'stream-request-head'
  | 'stream-response-head'
  | 'web-socket-request-head'
  | 'web-socket-response-head'
  | 'envelope'
  | 'empty-reply'
  | 'event-fields'
  | 'event-payload';

export interface Assumption {
  id: AssumptionId;
  estimate: Estimate;
  basis: Basis;
}
