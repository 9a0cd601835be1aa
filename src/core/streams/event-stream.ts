import { createParser } from 'eventsource-parser';
import { MAX_PENDING_CHARS, type StreamMessage, type StreamReader } from './message.ts';

/** https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation */
export function readEventStream(onMessage: (message: StreamMessage) => void): StreamReader {
  let lastEventId = '';
  const parser = createParser({
    maxBufferSize: MAX_PENDING_CHARS,
    onEvent({ event, id, data }) {
      if (id !== undefined) lastEventId = id;
      onMessage({ type: event ?? 'message', text: data, lastEventId });
    },
  });
  let broken = false;
  return {
    feed(piece) {
      if (broken) return;
      try {
        parser.feed(piece);
      } catch {
        broken = true;
      }
    },
  };
}
