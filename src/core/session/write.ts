import type { Log } from '../state.ts';
import { type ChannelReport, reportChannel } from './report.ts';

export const SCHEMA_VERSION = 1;

/** The session file: what was recorded, as plain JSON. */
export interface Session {
  schemaVersion: typeof SCHEMA_VERSION;
  generator: string;
  /** Epoch ms. */
  captureStartedAt: number;
  writtenAt: number;
  documents: { frameId: number; url: string }[];
  /** Events a page's ring lost before they could be sent; events that were not of the protocol. */
  dropped: number;
  rejected: number;
  /** Requests by who saw them. */
  sources: Log['sources'];
  channels: ChannelReport[];
}

export function toSession(log: Log, version: string): Session {
  return {
    schemaVersion: SCHEMA_VERSION,
    generator: `Transport Lens ${version}`,
    captureStartedAt: log.startedAt,
    writtenAt: log.now,
    documents: [...log.documents.values()].map(({ frameId, url }) => ({ frameId, url })),
    dropped: log.dropped,
    rejected: log.rejected,
    sources: { ...log.sources },
    channels: log.channels.map((channel) => reportChannel(log, channel)),
  };
}
