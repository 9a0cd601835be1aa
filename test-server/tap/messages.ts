/** Finds the events in one response body as it passes. `end` is told when the body is complete. */
export interface BodyReader {
  feed(content: Buffer): void;
  end(): void;
}

export interface MessageListener {
  /** One message of the page's API passed, carrying the schedule's event `id` (null: none). */
  message(id: string | null): void;
  comment?(): void;
}

const ID = /"id":"([^"]+)"/;

/** The id of an event's JSON: the first key of every event the server writes. */
export const eventIdOf = (json: string): string | null => ID.exec(json.slice(0, 200))?.[1] ?? null;

/** A poll's JSON: `{"events":[…]}`, `[…]`, or one snapshot `{"event":…}`. Each event is one message. */
export function createPollReader(listener: MessageListener): BodyReader {
  const parts: Buffer[] = [];
  return {
    feed: (content) => parts.push(Buffer.from(content)),
    end() {
      for (const event of eventsIn(Buffer.concat(parts).toString())) listener.message(event.id ?? null);
    },
  };
}

function eventsIn(text: string): { id?: string }[] {
  try {
    const value = JSON.parse(text);
    if (value?.event) return [value.event];
    const events = Array.isArray(value) ? value : value?.events;
    return Array.isArray(events) ? events : [];
  } catch {
    return [];
  }
}

/** Calls back with each line of a stream of text, without its line feed. */
function createLineReader(onLine: (line: string) => void) {
  let held = '';
  return (content: Buffer): void => {
    const lines = (held + content.toString('utf8')).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  };
}

/** Server-sent events (HTML §9.2.6): a block with data is a message, a line that begins with a colon is a comment. */
export function createSseReader(listener: MessageListener): BodyReader {
  let hasData = false;
  let id: string | null = null;
  const feed = createLineReader((line) => {
    if (line.startsWith(':')) listener.comment?.();
    else if (line.startsWith('data:')) hasData = true;
    else if (line.startsWith('id: ')) id = line.slice(4);
    else if (line === '') {
      if (hasData) listener.message(id);
      hasData = false;
      id = null;
    }
  });
  return { feed, end() {} };
}

/** NDJSON: each line that is not empty is a message. */
export function createNdjsonReader(listener: MessageListener): BodyReader {
  const feed = createLineReader((line) => {
    if (line !== '') listener.message(eventIdOf(line));
  });
  return { feed, end() {} };
}
