/** Finds the events in one response body as it passes. `end` is told when the body is complete. */
export interface BodyReader {
  feed(content: Buffer): void;
  end(): void;
}

export interface MessageListener {
  /** One message of the page's API passed, carrying the schedule's event `id` (null: none). */
  message(id: string | null): void;
  comment(): void;
}

const ID_KEY = '"id":"';
/** An id comes first, so that it is within these bytes. */
export const ID_WITHIN_BYTES = 200;

/** The id of an event's JSON: the first key of every event the server writes. */
export function eventIdOf(json: string): string | null {
  const head = json.slice(0, ID_WITHIN_BYTES);
  const at = head.indexOf(ID_KEY);
  const end = at < 0 ? -1 : head.indexOf('"', at + ID_KEY.length);
  return end < 0 ? null : head.slice(at + ID_KEY.length, end);
}

/** What is looked for is ASCII, whose bytes are part of no other character of UTF-8, and Latin-1 is decoded faster. */
const textOf = (content: Buffer): string => content.toString('latin1');

/** A poll's JSON: `{"events":[…]}`, `[…]`, or one snapshot `{"event":…}`. Each event is one message. */
export class PollReader implements BodyReader {
  #text = '';

  constructor(readonly listener: MessageListener) {}

  feed(content: Buffer): void {
    this.#text += textOf(content);
  }

  end(): void {
    for (const id of idsIn(this.#text)) this.listener.message(id);
  }
}

/** The latest body that was parsed: one event answers all long polls at once, all in the same bytes. */
let latest: { text: string; ids: (string | null)[] } = { text: '', ids: [] };

function idsIn(text: string): (string | null)[] {
  if (text !== latest.text) latest = { text, ids: eventsIn(text).map(({ id }) => id ?? null) };
  return latest.ids;
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

/** Splits a stream of text in its lines, without their line feeds. */
abstract class LineReader implements BodyReader {
  #held = '';

  constructor(readonly listener: MessageListener) {}

  protected abstract line(line: string): void;

  feed(content: Buffer): void {
    const text = this.#held + textOf(content);
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.line(text.slice(from, end));
      from = end + 1;
    }
    this.#held = text.slice(from);
  }

  end(): void {}
}

/** Server-sent events (HTML §9.2.6): a block with data is a message, a line that begins with a colon is a comment. */
export class SseReader extends LineReader {
  #hasData = false;
  #id: string | null = null;

  protected line(line: string): void {
    if (line.startsWith(':')) this.listener.comment();
    else if (line.startsWith('data:')) this.#hasData = true;
    else if (line.startsWith('id: ')) this.#id = line.slice(4);
    else if (line === '') {
      if (this.#hasData) this.listener.message(this.#id);
      this.#hasData = false;
      this.#id = null;
    }
  }
}

/** NDJSON: each line that is not empty is a message. */
export class NdjsonReader extends LineReader {
  protected line(line: string): void {
    if (line !== '') this.listener.message(eventIdOf(line));
  }
}
