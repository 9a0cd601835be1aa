import { fromHarEntry, type HarEntry } from '../../har-entry.ts';
import { mediaTypeOf } from '../../media-type.ts';
import type { NetworkEntry } from '../../model.ts';
import { base64, utf8 } from '../../protocols/wire/bytes.ts';
import { utf8Bytes } from '../../utf8.ts';
import { FileError } from '../file-error.ts';
import { correctHeads, type Dialect } from './dialect.ts';
import { type Fields, kindOf } from './fields.ts';
import { resourceTypeOf } from './resource-type.ts';

/** An entry of a HAR as the engine takes it: every tool's way of leaving things out made one. */
export interface ReadEntry {
  entry: NetworkEntry;
  pageref: string | null;
  /** The page did not wait for the answer. */
  aborted: boolean;
  /** As they are in the file; null: it has none. */
  socketMessages: readonly unknown[] | null;
  eventMessages: readonly unknown[] | null;
  /** The fields themselves, to name places in. */
  fields: Fields;
}

/** Larger bodies are not compared with the one before; streams are read whatever their size. */
const MAX_BODY_BYTES = 1_000_000;
const TEXT = /^(text\/|application\/(.*\+)?(json|xml|javascript|x-ndjson|x-www-form-urlencoded))/;
const STREAM = /^(text\/event-stream|application\/(x-)?ndjson|application\/jsonl|application\/json-seq|multipart\/)/;

/**
 * Reads one entry, whoever wrote it.
 * @throws FileError naming the field that is missing or of another type
 */
export function readEntry(fields: Fields, dialect: Dialect): ReadEntry {
  const request = fields.object('request');
  const response = fields.object('response');
  const content = response.object('content');
  const timings = fields.object('timings');
  const spent = (name: string) => Math.max(timings.number(name, 0), 0);
  const startedDateTime = fields.text('startedDateTime');
  const startedAt = Date.parse(startedDateTime);
  if (Number.isNaN(startedAt) || startedAt < 0)
    throw new FileError(`${fields.place()}.startedDateTime: "${startedDateTime.slice(0, 40)}" is no time since 1970.`);

  const inParts = spent('blocked') + spent('dns') + spent('connect') + spent('send') + spent('wait') + spent('receive');
  const time = fields.number('time', -1);
  const har: HarEntry = {
    startedDateTime,
    time: Math.min(time >= 0 ? time : inParts, MAX_MS),
    request: {
      method: request.text('method', 'GET').toUpperCase(),
      url: request.text('url'),
      httpVersion: versionOf(request, response),
      headers: headersOf(request),
      headersSize: request.number('headersSize', -1),
      bodySize: request.number('bodySize', -1),
      ...(request.has('postData') ? { postData: { text: request.object('postData').text('text', '') } } : {}),
    },
    response: {
      status: Math.max(response.number('status', 0), 0),
      httpVersion: '',
      headers: headersOf(response),
      headersSize: response.number('headersSize', -1),
      bodySize: dialect.bodySizeHasHeads ? -1 : response.number('bodySize', -1),
      redirectURL: response.text('redirectURL', ''),
      content: { size: content.number('size', -1), mimeType: content.text('mimeType', '') },
    },
    timings: { blocked: spent('blocked'), wait: spent('wait'), receive: spent('receive') },
    ...(fields.record._fromCache ? { _fromCache: String(fields.record._fromCache) } : {}),
  };
  har._resourceType = resourceTypeOf(fields, har);
  if (har._resourceType === 'websocket') har.request.url = har.request.url.replace(/^http/i, 'ws');

  const entry = correctHeads(fromHarEntry(har), har, fields, dialect);
  const body = bodyOf(content, mediaTypeOf(entry.contentType));
  if (body !== null && entry.contentBytes === null) entry.contentBytes = utf8Bytes(body);
  if (
    entry.status !== 304 &&
    (STREAM.test(mediaTypeOf(entry.contentType)) || (entry.contentBytes ?? 0) <= MAX_BODY_BYTES)
  )
    entry.body = body;
  return {
    entry,
    pageref: fields.textOrNull('pageref'),
    aborted: entry.status === 0 && /ABORTED/.test(response.text('_error', '')),
    socketMessages: fields.has('_webSocketMessages') ? fields.list('_webSocketMessages') : null,
    eventMessages: fields.has('_eventSourceMessages') ? fields.list('_eventSourceMessages') : null,
    fields,
  };
}

/** Longer than any page lives; keeps sums of hostile numbers dates. */
const MAX_MS = 1e12;

/** Tools write HTTP/2 in many ways; Firefox and Chromium know it of the response, some of the request alone. */
function versionOf(request: Fields, response: Fields): string {
  const given = (response.text('httpVersion', '') || request.text('httpVersion', '')).toLowerCase();
  if (/^(h2|http\/2)/.test(given)) return /quic/.test(given) ? 'h3' : 'h2';
  if (/^(h3|http\/3|quic)/.test(given)) return 'h3';
  return /^http\/1/.test(given) ? given : '';
}

function headersOf(side: Fields): { name: string; value: string }[] {
  const headers: { name: string; value: string }[] = [];
  for (const [i, header] of side.list('headers').entries()) {
    const { name, value } = (header ?? {}) as { name?: unknown; value?: unknown };
    if (typeof name !== 'string')
      throw new FileError(`${side.place()}.headers[${i}].name: expected text, found ${kindOf(name)}.`);
    headers.push({ name, value: typeof value === 'string' ? value : String(value ?? '') });
  }
  return headers;
}

/** The text of a response; null when there is none or it is binary. */
function bodyOf(content: Fields, mediaType: string): string | null {
  const text = content.textOrNull('text');
  if (text === null || content.text('encoding', '') !== 'base64') return text;
  if (!TEXT.test(mediaType) && !STREAM.test(mediaType)) return null;
  const bytes = base64(text);
  // What is still compressed only the tool that wrote it could read.
  if (bytes === null || (bytes[0] === 0x1f && bytes[1] === 0x8b)) return null;
  return utf8(bytes);
}
