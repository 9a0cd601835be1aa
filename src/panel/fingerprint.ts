import type { Recorder } from './source/recorder.ts';

/** Tells apart what would look different on screen; the same text means that nothing but the clock moved. Costs some additions a channel. */
export function fingerprint({ log, recording }: Recorder): string {
  let counts = 0;
  for (const c of log.channels) {
    counts += c.exchanges + c.ended + c.reported + c.opens + c.openConnections + c.messages.sent + c.messages.received;
    counts += c.payloadReceived.of + c.payloadSent.of + c.framingBytes + c.onWire + c.cached + c.streamed;
    for (const n of Object.values(c.worth)) counts += n;
    counts += (c.standing?.since ?? 0) + (c.standing?.verdict.confidence ?? 0);
  }
  let changes = 0;
  for (const { visibility } of log.documents.values()) changes += visibility.length;
  return [
    recording,
    log.startedAt,
    log.lastId,
    log.history.messages.next,
    log.dropped,
    log.rejected,
    changes,
    counts,
  ].join();
}
