import type { Log } from './state.ts';

/** A page that answers what came in does so at once: within this, on a busy machine. */
const AT_ONCE_MS = 30;

/** Something came in on a channel: what the document sends right after may be an answer to it. */
export function noteArrival(log: Log, documentKey: string | null, channelId: number, at: number): void {
  const document = log.documents.get(documentKey ?? '');
  if (document === undefined) return;
  document.lastArrival.channelId = channelId;
  document.lastArrival.at = at;
}

/** Whether a request follows at once on something that came in on another channel of its document. */
export function isReaction(log: Log, documentKey: string, channelId: number, at: number): boolean {
  const last = log.documents.get(documentKey)?.lastArrival;
  return last !== undefined && last.channelId !== channelId && at - last.at <= AT_ONCE_MS;
}
