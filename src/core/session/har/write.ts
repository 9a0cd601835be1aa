import type { Header, NetworkEntry } from '../../model.ts';
import type { Log } from '../../state.ts';
import { createRedactor, KEEP_ALL, type Redactor } from '../redact/redactor.ts';
import type { ExportOptions } from '../write.ts';
import { GENERATOR } from './dialect.ts';
import { type Source, sourcesOf } from './sources.ts';

/** A HAR 1.2 file in pieces, one an entry, so that none need hold it all; without secrets unless it is to be raw. */
export function* writeHar(log: Log, version: string, { raw }: ExportOptions = { raw: false }): Generator<string> {
  const redactor = raw ? KEEP_ALL : createRedactor();
  const pages = [...log.documents.values()].map(({ key, url }) => ({
    startedDateTime: isoTime(log.startedAt),
    id: key,
    title: redactor.url(url),
    pageTimings: {},
  }));
  const head = { version: '1.2', creator: { name: GENERATOR, version }, pages };
  yield `{"log":${JSON.stringify(head).slice(0, -1)},"entries":[`;
  let separator = '\n';
  for (const source of sourcesOf(log, redactor)) {
    yield separator + JSON.stringify(entryOf(source, log, redactor));
    separator = ',\n';
  }
  yield '\n]}}\n';
}

/** −1 is how HAR writes "unknown". */
const UNKNOWN = -1;

function entryOf(source: Source, log: Log, redactor: Redactor): object {
  const { network, startedAt, endedAt, respondedAt } = source;
  const url = redactor.url(source.url);
  const blocked = network?.blockedMs ?? 0;
  const wait = network?.waitMs ?? Math.max((respondedAt ?? endedAt) - startedAt, 0);
  const receive = network?.receiveMs ?? Math.max(endedAt - startedAt - wait, 0);
  const httpVersion = network?.httpVersion || 'unknown';
  const headers = (list: readonly Header[] = []) => list.map(redactor.header).map(([name, value]) => ({ name, value }));
  return {
    _resourceType: source.resourceType,
    ...(network?.fromCache ? { _fromCache: 'disk' } : {}),
    ...(network && network.headerPlusMinus > 0 ? { _headerPlusMinus: network.headerPlusMinus } : {}),
    ...(log.documents.has(source.documentKey ?? '') ? { pageref: source.documentKey } : {}),
    startedDateTime: isoTime(startedAt),
    time: endedAt - startedAt,
    request: {
      method: source.method,
      url,
      httpVersion,
      cookies: [],
      headers: headers(network?.requestHeaders),
      queryString: queryOf(url),
      headersSize: network?.requestHeaderBytes ?? UNKNOWN,
      bodySize: source.requestBodyBytes ?? UNKNOWN,
      ...(source.requestBody === null
        ? {}
        : { postData: { mimeType: contentTypeOf(network), text: redactor.text(source.requestBody) } }),
    },
    response: {
      status: source.status,
      statusText: '',
      httpVersion,
      cookies: [],
      headers: headers(network?.responseHeaders),
      content: {
        size: network?.contentBytes ?? source.contentBytes ?? UNKNOWN,
        mimeType: network?.contentType ?? source.contentType ?? 'x-unknown',
        ...(network?.body == null ? {} : { text: redactor.text(network.body) }),
      },
      redirectURL: network?.redirectUrl == null ? '' : redactor.url(network.redirectUrl),
      headersSize: network?.responseHeaderBytes ?? UNKNOWN,
      bodySize: network?.responseBodyWireBytes ?? UNKNOWN,
      ...(source.aborted ? { _error: 'net::ERR_ABORTED' } : {}),
    },
    cache: {},
    timings: { blocked, dns: UNKNOWN, connect: UNKNOWN, ssl: UNKNOWN, send: 0, wait, receive },
    ...source.messages,
  };
}

const contentTypeOf = (network: NetworkEntry | null): string =>
  network?.requestHeaders.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';

const isoTime = (epochMs: number): string => new Date(epochMs).toISOString();

function queryOf(url: string): { name: string; value: string }[] {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0 ? { name: pair, value: '' } : { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
    });
}
