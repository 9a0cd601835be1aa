/** One dispatched event of a `text/event-stream`. */
export interface SseEvent {
  eventName: string;
  data: string;
}

/**
 * The first `limit` events of a whole `text/event-stream` body, as
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation dispatches them:
 * comments and events without data are left out, so is what no blank line ends.
 */
export function sseEvents(body: string, limit: number): SseEvent[] {
  const events: SseEvent[] = [];
  let eventName = '';
  let data: string | null = null;
  for (let at = body.startsWith('\uFEFF') ? 1 : 0; at < body.length && events.length < limit; ) {
    const end = lineEnd(body, at);
    const line = body.slice(at, end);
    at = end + (body.startsWith('\r\n', end) ? 2 : 1);
    if (line === '') {
      if (data !== null) events.push({ eventName: eventName || 'message', data });
      eventName = '';
      data = null;
    } else if (line.startsWith('data')) {
      const value = fieldValue(line, 4);
      if (value !== null) data = data === null ? value : `${data}\n${value}`;
    } else if (line.startsWith('event')) eventName = fieldValue(line, 5) ?? eventName;
  }
  return events;
}

/** LF, CR or CRLF end a line. */
function lineEnd(body: string, from: number): number {
  for (let i = from; i < body.length; i++) {
    const code = body.charCodeAt(i);
    if (code === 10 || code === 13) return i;
  }
  return body.length;
}

/** What follows a field name of `length` characters; null when the name goes on. */
function fieldValue(line: string, length: number): string | null {
  if (line.length === length) return '';
  if (line[length] !== ':') return null;
  return line.slice(line[length + 1] === ' ' ? length + 2 : length + 1);
}
