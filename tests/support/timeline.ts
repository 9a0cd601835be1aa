import { apply, type LogInput } from '../../src/core/log.ts';
import type { NetworkEntry } from '../../src/core/model.ts';
import { createLog, type Log } from '../../src/core/state.ts';
import type { PageEvent } from '../../src/protocol.ts';
import { PROTOCOL_VERSION } from '../../src/protocol.ts';

/** Wall time at which every timeline begins. */
export const T0 = 1_800_000_000_000;
export const ORIGIN = 'https://app.test';
const DOCUMENT = 'document-1';

/**
 * Traffic as text, a request a line:
 *
 *     0ms GET /news 200 {"n":1}          sent at 0 ms, answered at once
 *     1000ms GET /news 200 [] 40ms       took 40 ms
 *     2000ms GET /news 503 4100ms        no body
 *     5000ms GET /news failed | aborted  no response
 *
 * Every request is told by the page's hooks and by the network log; heads are 500 and 150 bytes.
 */
export function play(text: string, sources: { page?: boolean; network?: boolean } = {}): Log {
  const { page = true, network = true } = sources;
  const log = createLog(T0);
  apply(log, { kind: 'document', document: { key: DOCUMENT, frameId: 0, url: `${ORIGIN}/` }, at: T0 });
  const inputs = parse(text).flatMap((request, i) => [
    ...(page ? pageInputs(request, i + 1) : []),
    ...(network && request.status !== null ? [entryInput(request)] : []),
  ]);
  for (const input of inputs.toSorted((a, b) => a.at - b.at)) apply(log, input);
  apply(log, { kind: 'tick', at: log.now + 10_000 });
  return log;
}

interface Request {
  atMs: number;
  method: string;
  path: string;
  status: number | null;
  outcome: 'done' | 'error' | 'aborted';
  body: string;
  tookMs: number;
}

const LINE = /^(\d+)ms (\S+) (\S+) (?:(\d{3})|(failed|aborted))(?: (?!\d+ms$)(.*?))?(?: (\d+)ms)?$/;

function parse(text: string): Request[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const match = LINE.exec(line);
      if (match === null) throw new Error(`Not a line of a timeline: ${line}`);
      const [, at, method, path, status, broken, body = '', took = '5'] = match;
      const outcome = broken === 'failed' ? 'error' : broken === 'aborted' ? 'aborted' : 'done';
      return {
        atMs: Number(at),
        method: method!,
        path: path!,
        status: status === undefined ? null : Number(status),
        outcome,
        body,
        tookMs: Number(took),
      } as const;
    });
}

function pageInputs({ atMs, method, path, status, outcome, body, tookMs }: Request, id: number): LogInput[] {
  const end = atMs + tookMs;
  const url = ORIGIN + path;
  return [
    batch({ kind: 'request', id, at: atMs, api: 'fetch', method, url, bodyBytes: 0, bodyText: null, stack: null }),
    ...(status === null
      ? []
      : [batch({ kind: 'response', id, at: end, status, url, contentType: 'application/json' })]),
    batch({ kind: 'end', id, at: end, outcome, bodyBytes: status === null ? null : body.length }),
  ];
}

/** One event of the document, as the recorder would hand it on. */
export function batch(event: PageEvent): LogInput {
  const at = T0 + event.at;
  const { at: monoAt } = event;
  const head = { v: PROTOCOL_VERSION, wallAt: at, monoAt, base: `${ORIGIN}/`, dropped: 0 } as const;
  return { kind: 'batch', documentKey: DOCUMENT, batch: { ...head, events: [event] }, rejected: 0, at };
}

function entryInput({ atMs, method, path, status, body, tookMs }: Request): LogInput {
  const entry = entryOf({
    method,
    url: ORIGIN + path,
    startedAt: T0 + atMs,
    endedAt: T0 + atMs + tookMs,
    waitMs: tookMs,
    status: status!,
  });
  return {
    kind: 'entry',
    entry: { ...entry, body, contentBytes: body.length, responseBodyWireBytes: body.length },
    at: T0 + atMs + tookMs + 8,
  };
}

/** An entry of the network log with heads of 500 and 150 bytes and no body, but for what is given. */
export function entryOf(given: Partial<NetworkEntry>): NetworkEntry {
  return {
    method: 'GET',
    url: `${ORIGIN}/`,
    resourceType: 'fetch',
    httpVersion: 'http/1.1',
    startedAt: T0,
    endedAt: T0 + 5,
    blockedMs: 0,
    waitMs: 5,
    receiveMs: 0,
    status: 200,
    contentType: 'application/json',
    contentEncoding: null,
    requestHeaderBytes: 500,
    responseHeaderBytes: 150,
    headerPlusMinus: 0,
    requestHeaders: [],
    responseHeaders: [],
    responseBodyWireBytes: 0,
    contentBytes: 0,
    requestBodyBytes: 0,
    fromCache: false,
    redirectUrl: null,
    requestBody: null,
    body: null,
    ...given,
  };
}

/** `n` lines at `everyMs`, each made by `line(i, atMs)`. */
export const repeat = (n: number, everyMs: number, line: (i: number, atMs: number) => string): string =>
  Array.from({ length: n }, (_, i) => line(i, i * everyMs)).join('\n');
