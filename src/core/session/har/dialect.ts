import type { HarEntry } from '../../har-entry.ts';
import type { NetworkEntry } from '../../model.ts';
import type { Fields } from './fields.ts';

/** How far a tool's sizes are to be trusted, and what must be added to them. */
export interface Dialect {
  /** Sizes of heads: as Chromium's DevTools count them; exact; short by so many bytes in the answer; to be counted anew from the headers. */
  heads: 'chromium' | 'own' | 'firefox' | 'count';
  /** `bodySize` is head and body. */
  bodySizeHasHeads: boolean;
}

const CHROMIUM: Dialect = { heads: 'chromium', bodySizeHasHeads: false };
/** Firefox's response head is made up again from its parts, 2 bytes too short (measured with Firefox 153). */
const FIREFOX: Dialect = { heads: 'firefox', bodySizeHasHeads: true };
const FIREFOX_SHORT_BYTES = 2;
const OWN: Dialect = { heads: 'own', bodySizeHasHeads: false };
/** Playwright leaves query and last line out of a head, mitmproxy gives the length of a printed list, others give nothing. */
const ANY: Dialect = { heads: 'count', bodySizeHasHeads: false };

export const GENERATOR = 'Transport Lens';

/** The dialect of a HAR by `log.creator.name`; null: it is not told. */
export function dialectOf(creator: string | null): Dialect {
  if (creator === GENERATOR) return OWN;
  if (creator === 'WebInspector') return CHROMIUM;
  return creator === 'Firefox' ? FIREFOX : ANY;
}

/** Heads as they crossed the wire. Those of HTTP/2 and 3 are compressed: no tool tells their size. */
export function correctHeads(entry: NetworkEntry, har: HarEntry, fields: Fields, { heads }: Dialect): NetworkEntry {
  const { request, response } = har;
  switch (heads) {
    case 'chromium':
      return entry;
    case 'own':
      return {
        ...entry,
        requestHeaderBytes: known(request.headersSize),
        responseHeaderBytes: known(response.headersSize),
        headerPlusMinus: Math.max(fields.number('_headerPlusMinus', 0), 0),
      };
    case 'firefox': {
      const responseBytes = known(response.headersSize);
      return {
        ...entry,
        requestHeaderBytes: known(request.headersSize),
        responseHeaderBytes: responseBytes === null ? null : responseBytes + FIREFOX_SHORT_BYTES,
        headerPlusMinus: FIREFOX_SHORT_BYTES,
      };
    }
    case 'count': {
      if (!entry.httpVersion.startsWith('http/1'))
        return { ...entry, requestHeaderBytes: null, responseHeaderBytes: null };
      const target = entry.url.replace(/^[a-z]+:\/\/[^/?#]*/i, '') || '/';
      const sum = (headers: readonly { name: string; value: string }[]) =>
        headers.reduce((bytes, { name, value }) => bytes + name.length + value.length + SEPARATORS, 0);
      const reason = fields.object('response').text('statusText', '');
      // RFC 9112 §3 and §4: the first line, the headers, the empty line.
      const requestBytes = `${entry.method} ${target} HTTP/1.1\r\n\r\n`.length + sum(request.headers);
      const responseBytes = `HTTP/1.1 ${entry.status} ${reason}\r\n\r\n`.length + sum(response.headers);
      return {
        ...entry,
        requestHeaderBytes: request.headers.length > 0 ? requestBytes : null,
        responseHeaderBytes: response.headers.length > 0 ? responseBytes : null,
        headerPlusMinus: UNSURE_BYTES,
      };
    }
  }
}

const SEPARATORS = ': \r\n'.length;
/** What a list of headers does not tell: a reason phrase that was left out, spaces that were folded. */
const UNSURE_BYTES = 4;

const known = (bytes: number): number | null => (bytes > 0 ? bytes : null);
