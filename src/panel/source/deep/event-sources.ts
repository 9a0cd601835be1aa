import { utf8Bytes } from '../../../core/utf8.ts';
import type { Handlers } from './events.ts';
import type { WorkerTools } from './worker.ts';

/** A worker's EventSources. Each attempt to open one is a request of its own, told apart by its URL alone. */
export function readEventSources({ emit, nextId, wanted }: WorkerTools): Handlers {
  /** By the request that is under way. */
  const ids = new Map<string, { id: number; url: string }>();
  /** By URL, those that will open again, the first to end first. */
  const lost = new Map<string, number[]>();

  function close(requestId: string, timestamp: number): void {
    const source = ids.get(requestId);
    ids.delete(requestId);
    if (source === undefined) return;
    emit({ kind: 'close', id: source.id, at: timestamp * 1000, code: null, reason: '', wasClean: true });
  }
  function lose(requestId: string, timestamp: number): void {
    const source = ids.get(requestId);
    ids.delete(requestId);
    if (source === undefined) return;
    lost.set(source.url, [...(lost.get(source.url) ?? []), source.id]);
    emit({ kind: 'reconnecting', id: source.id, at: timestamp * 1000 });
  }

  return {
    'Network.requestWillBeSent'({ requestId, timestamp, type, request }) {
      if (type !== 'EventSource' || ids.has(requestId)) return;
      const url = request.url.split('#', 1)[0]!;
      const again = lost.get(url)?.shift();
      const id = again ?? nextId();
      ids.set(requestId, { id, url });
      if (again === undefined)
        emit({ kind: 'connect', id, at: timestamp * 1000, api: 'event-source', url, stack: null });
    },
    'Network.responseReceived'({ requestId, timestamp, response }) {
      const source = ids.get(requestId);
      if (source === undefined) return;
      // Anything else ends it for good: https://html.spec.whatwg.org/#sse-processing-model
      if (response.status !== 200 || response.mimeType !== 'text/event-stream') close(requestId, timestamp);
      else emit({ kind: 'open', id: source.id, at: timestamp * 1000, protocol: '', extensions: '' });
    },
    'Network.eventSourceMessageReceived'({ requestId, timestamp, eventName, eventId, data }) {
      const source = ids.get(requestId);
      if (source === undefined) return;
      emit({
        kind: 'message',
        id: source.id,
        at: timestamp * 1000,
        direction: 'received',
        type: eventName,
        payloadBytes: utf8Bytes(data),
        text: data.slice(0, wanted().textChars),
        bytes: null,
        contentId: null,
        lastEventId: eventId,
      });
    },
    'Network.loadingFinished': ({ requestId, timestamp }) => lose(requestId, timestamp),
    'Network.loadingFailed': ({ requestId, timestamp, canceled }) =>
      (canceled === true ? close : lose)(requestId, timestamp),
  };
}
