import type { PageEvent } from '../../../protocol.ts';
import type { LogInput } from '../../log.ts';
import type { NetworkEntry } from '../../model.ts';
import { base64 } from '../../protocols/wire/bytes.ts';
import { readEventStream } from '../../streams/event-stream.ts';
import { utf8Bytes } from '../../utf8.ts';
import { FileError } from '../file-error.ts';
import type { ReadEntry } from './entry.ts';
import { Fields } from './fields.ts';

/** What the hooks, or the network log, would have told at that time; times are epoch ms. */
export type Step = PageEvent | Extract<LogInput, { kind: 'entry' }>;

/** One entry as it would have been told: its steps in order of time, made when they are asked for. */
export interface Story {
  /** Document of the events. */
  documentKey: string;
  steps: IterableIterator<Step, void>;
}

/** Requests that the network log alone tells of belong to no document; these are of the same channels. */
const NO_DOCUMENT = '';

/** `id` is the entry's own within its document. */
export function storyOf(read: ReadEntry, documentKey: string, id: number): Story {
  const { entry, eventMessages } = read;
  if (entry.resourceType === 'websocket') return { documentKey, steps: socketSteps(read, id) };
  if (read.aborted) return { documentKey: NO_DOCUMENT, steps: abortedSteps(read, id) };
  if (entry.resourceType === 'eventsource') return { documentKey, steps: eventSourceSteps(read, id) };
  // Without them the engine reads the messages from the body, all at its end.
  if (eventMessages !== null && eventMessages.length > 0)
    return { documentKey: NO_DOCUMENT, steps: fetchedStreamSteps(read, id, eventMessages) };
  return { documentKey, steps: [{ kind: 'entry', entry, at: entry.endedAt } as const].values() };
}

const SWITCHING_PROTOCOLS = 101;

function* socketSteps({ entry, socketMessages, fields }: ReadEntry, id: number): Generator<Step, void> {
  const { url, startedAt, endedAt } = entry;
  const headers = new Map(entry.responseHeaders.map(([name, value]) => [name.toLowerCase(), value]));
  // A tool that gives messages but no status had the connection all the same.
  const opened = entry.status === SWITCHING_PROTOCOLS || (socketMessages?.length ?? 0) > 0;
  let at = startedAt;
  yield { kind: 'connect', id, at, api: 'websocket', url, stack: null };
  if (opened) {
    const protocol = headers.get('sec-websocket-protocol') ?? '';
    const extensions = headers.get('sec-websocket-extensions') ?? '';
    yield { kind: 'open', id, at, protocol, extensions };
  }
  const messages = socketMessages ?? [];
  for (let i = 0; i < messages.length; i++) {
    const message = readSocketMessage(new Fields(messages[i], () => `${fields.place()}._webSocketMessages[${i}]`), id);
    if (message === null) continue;
    at = Math.max(at, message.at);
    message.at = at;
    yield message;
  }
  yield { kind: 'entry', entry, at: Math.max(at, endedAt) };
  yield {
    kind: 'close',
    id,
    at: Math.max(at, endedAt),
    code: opened ? null : ABNORMAL,
    reason: '',
    wasClean: opened,
  };
}

/** RFC 6455 §7.1.5: closed without a word. */
const ABNORMAL = 1006;
/** RFC 6455 §5.2. Others are control frames, which pages do not see, and −1, which is Chromium's for a failure. */
const [TEXT_FRAME, BINARY_FRAME] = [1, 2];

function readSocketMessage(message: Fields, id: number): Extract<PageEvent, { kind: 'message' }> | null {
  const opcode = message.number('opcode', TEXT_FRAME);
  if (opcode !== TEXT_FRAME && opcode !== BINARY_FRAME) return null;
  const data = message.text('data', '');
  const bytes = opcode === BINARY_FRAME ? base64(data) : null;
  if (opcode === BINARY_FRAME && bytes === null) throw new FileError(`${message.place()}.data: this is no base64.`);
  return {
    kind: 'message',
    id,
    at: epochMs(message),
    direction: message.text('type', 'receive') === 'send' ? 'sent' : 'received',
    type: bytes === null ? 'text' : 'binary',
    payloadBytes: lengthOf(message, bytes === null ? utf8Bytes(data) : bytes.length),
    text: bytes === null ? data : null,
    bytes,
    contentId: null,
    lastEventId: '',
  };
}

/** The true size of a payload whose content was cut short. */
const lengthOf = (message: Fields, written: number): number => Math.max(message.number('_length', written), 0);

/** Seconds before this are of the year 5138; milliseconds after it of 1973. */
const SECONDS_END = 1e11;
const MAX_EPOCH_MS = 8.64e15;

/** Chromium writes seconds, some tools milliseconds. */
function epochMs(message: Fields): number {
  const time = message.number('time', 0);
  const ms = time < SECONDS_END ? time * 1000 : time;
  if (ms >= 0 && ms <= MAX_EPOCH_MS) return ms;
  throw new FileError(`${message.place()}.time: ${time} is no time since 1970.`);
}

interface ReadEvent {
  at: number;
  type: string;
  id: string | null;
  text: string;
  payloadBytes: number;
}

function readEvents(messages: readonly unknown[], fields: Fields): ReadEvent[] {
  return messages.map((raw, i) => {
    const message = new Fields(raw, () => `${fields.place()}._eventSourceMessages[${i}]`);
    return {
      at: epochMs(message),
      type: message.text('eventName', '') || 'message',
      id: message.text('eventId', '') || null,
      text: message.text('data', ''),
      payloadBytes: lengthOf(message, utf8Bytes(message.text('data', ''))),
    };
  });
}

function* eventSourceSteps({ entry, eventMessages, fields }: ReadEntry, id: number): Generator<Step, void> {
  const { url, startedAt, endedAt, body } = entry;
  const events = eventMessages === null ? eventsIn(body ?? '', endedAt) : readEvents(eventMessages, fields);
  let at = startedAt;
  let lastEventId = '';
  yield { kind: 'connect', id, at, api: 'event-source', url, stack: null };
  if (entry.status === 200) yield { kind: 'open', id, at, protocol: '', extensions: '' };
  for (const event of events) {
    at = Math.max(at, event.at);
    lastEventId = event.id ?? lastEventId;
    yield {
      kind: 'message',
      id,
      at,
      direction: 'received',
      type: event.type,
      payloadBytes: event.payloadBytes,
      text: event.text,
      bytes: null,
      contentId: null,
      lastEventId,
    };
  }
  at = Math.max(at, endedAt);
  yield { kind: 'entry', entry, at };
  yield { kind: 'close', id, at, code: null, reason: '', wasClean: entry.status === 200 };
}

/** When each came nobody wrote down; by the end of the response all had. */
function eventsIn(body: string, at: number): ReadEvent[] {
  const events: ReadEvent[] = [];
  readEventStream(({ type, text, lastEventId }) =>
    events.push({ at, type, id: lastEventId || null, text, payloadBytes: utf8Bytes(text) }),
  ).feed(body);
  return events;
}

/** Told by the page too, as it was the page that did not wait for the answer: that is no error. */
function* abortedSteps({ entry }: ReadEntry, id: number): Generator<Step, void> {
  const { endedAt } = entry;
  yield requestOf(entry, id);
  yield { kind: 'end', id, at: endedAt, outcome: 'aborted', bodyBytes: null };
  yield { kind: 'entry', entry, at: endedAt };
}

const requestOf = (entry: NetworkEntry, id: number): Extract<PageEvent, { kind: 'request' }> => ({
  kind: 'request',
  id,
  at: entry.startedAt,
  api: apiOf(entry),
  method: entry.method,
  url: entry.url,
  bodyBytes: entry.requestBodyBytes,
  bodyText: entry.requestBody,
  stack: null,
});

const apiOf = ({ resourceType }: NetworkEntry): 'fetch' | 'xhr' | 'beacon' =>
  resourceType === 'xhr' ? 'xhr' : resourceType === 'ping' ? 'beacon' : 'fetch';

/** An event stream read through fetch: told in pieces, as the page read it, so that each message keeps its time. */
function* fetchedStreamSteps(
  { entry, fields }: ReadEntry,
  id: number,
  messages: readonly unknown[],
): Generator<Step, void> {
  const { url, startedAt, status, contentType } = entry;
  yield requestOf(entry, id);
  const events = readEvents(messages, fields);
  // Tools that know no end of the head count all of it as waiting.
  let at = Math.min(startedAt + entry.blockedMs + entry.waitMs, Math.max(events[0]!.at, startedAt));
  yield { kind: 'response', id, at, status, url, contentType: contentType ?? 'text/event-stream' };
  for (const event of events) {
    at = Math.max(at, event.at);
    const text = asEventStream(event);
    yield { kind: 'chunk', id, at, bytes: utf8Bytes(text), text };
  }
  at = Math.max(at, entry.endedAt);
  yield { kind: 'end', id, at, outcome: 'done', bodyBytes: null };
  yield { kind: 'entry', entry, at };
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html, as servers write it. */
function asEventStream({ type, id, text }: ReadEvent): string {
  const lines = text.split('\n').map((line) => `data: ${line}\n`);
  return `${type === 'message' ? '' : `event: ${type}\n`}${id === null ? '' : `id: ${id}\n`}${lines.join('')}\n`;
}
