import type { Channel } from '../core/channels.ts';
import type { Recorder } from './source/recorder.ts';

/** Tells apart what would look different in a channel's figures. */
export function channelPrint(c: Channel): string {
  let counts = c.exchanges + c.ended + c.reported + c.opens + c.messages.sent + c.messages.received + c.onWire;
  counts += c.payloadReceived.of + c.payloadSent.of + c.framingBytes + c.cached + c.streamed + c.aborted;
  for (const n of Object.values(c.worth)) counts += n;
  return `${counts},${c.openConnections},${c.standing?.since},${c.standing?.verdict.confidence}`;
}

/** The same text means that nothing but the clock moved. Costs some additions a channel. */
export function fingerprint({ log, recording, settled, deep }: Recorder): string {
  let changes = 0;
  for (const { visibility } of log.documents.values()) changes += visibility.length;
  const head = [
    recording,
    settled,
    deep,
    log.startedAt,
    log.lastId,
    log.history.messages.next,
    log.dropped,
    log.rejected,
    changes,
  ];
  return `${head.join()};${log.channels.map(channelPrint).join(';')}`;
}
