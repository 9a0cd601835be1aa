/** Where an event's time comes from, from the surest to the vaguest. */
export type Source = 'stamp' | 'message' | 'hold' | 'poll-interval' | 'outage';

/** One event as the traffic shows it, before its stamp is consulted. Epoch ms of this machine. */
export interface Sighting {
  /** It happened between these, for certain under the assumptions of its source. */
  earliestAt: number;
  latestAt: number;
  /** It most likely happened between these, anywhere. */
  likelyFrom: number;
  likelyTo: number;
  source: Source;
  payloadBytes: number | null;
  /** The server's word, on the server's clock. */
  stamp: number | null;
  text: string | null;
}

/** What is told of an event itself. */
export type Told = Pick<Sighting, 'stamp' | 'payloadBytes'>;

/** How long something was on its way to the page. */
export interface Transit {
  likelyMs: number;
  longestMs: number;
}
