import type { SavedSketch } from '../metrics/sketch.ts';
import type { Connection, Exchange, NetworkEntry } from '../model.ts';
import type { Bucket } from '../series.ts';
import type { KnownDocument, Log } from '../state.ts';
import type { ChannelReport } from './report.ts';

export const SCHEMA_VERSION = 2;

/** Position in the session's list of headers. */
export type HeaderIndex = number;

/** A network entry whose headers are in the session's list: most requests repeat those before. */
export type SavedEntry = Omit<NetworkEntry, 'requestHeaders' | 'responseHeaders'> & {
  requestHeaders: HeaderIndex[];
  responseHeaders: HeaderIndex[];
};
export type SavedExchange = Omit<Exchange, 'network'> & { network: SavedEntry | null };
export type SavedConnection = Omit<Connection, 'handshakes'> & { handshakes: SavedEntry[] };

/** A binary payload. */
export interface Base64 {
  base64: string;
}

/** All messages, one column a field: row i of each column is message `first + i` of the recording. */
export interface MessageColumns {
  /** So many older ones were recorded but not kept. */
  first: number;
  channelId: number[];
  /** The connection or exchange that carried it. */
  carrierId: number[];
  /** Epoch ms. */
  at: number[];
  /** Whether the page sent it. */
  sent: boolean[];
  type: string[];
  payloadBytes: (number | null)[];
  content: (string | Base64 | null)[];
  lastEventId: string[];
}

/** What is drawn of a channel besides its report. */
export interface ChannelCharts {
  channelId: number;
  /** One for each second in which something happened. */
  series: Bucket[];
  /** The newest delays; once there were more than are kept, the sketch has counted all. */
  latency: { receivedAt: number[]; delayMs: number[]; sketch?: SavedSketch };
}

/** The session file: what was recorded, as plain JSON. `session.schema.json` is its description for others. */
export interface Session {
  schemaVersion: typeof SCHEMA_VERSION;
  generator: string;
  /** Epoch ms. */
  captureStartedAt: number;
  writtenAt: number;
  /** Cookies, credentials and tokens were taken out. Sizes are those of what was there. */
  sanitized: boolean;
  documents: Pick<KnownDocument, 'key' | 'frameId' | 'url' | 'clockOffsetMs' | 'visibility'>[];
  /** Events a page's ring lost before they could be sent; events that were not of the protocol. */
  dropped: number;
  rejected: number;
  /** Recorded, but the oldest had to go. */
  evicted: { messages: number; exchanges: number; bodies: number };
  /** Requests by who saw them. */
  sources: Log['sources'];
  /** Short waits by origin, in ms: the round-trip baseline. */
  roundTrips: { origin: string; waitsMs: number[] }[];
  channels: ChannelReport[];
  charts: ChannelCharts[];
  /** Each pair of name and value once. */
  headers: [name: string, value: string][];
  connections: SavedConnection[];
  exchanges: SavedExchange[];
  messages: MessageColumns;
}
