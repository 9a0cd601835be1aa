import { type Label, label, MAX_LABELS, PARSE_LIMIT, type Protocol } from './protocol.ts';
import { textOfPayload } from './wire/bytes.ts';
import { isRequest, isResult, operationOf } from './wire/graphql.ts';
import { isEmptyObject, isObject, readJson } from './wire/json.ts';
import { isEventStream, isWebSocketUrl, mediaTypeOf, pathOf } from './wire/url.ts';

/** https://graphql.github.io/graphql-over-http/draft/, with batches and multipart increments. */
export const graphql: Protocol = {
  id: 'graphql',
  displayName: 'GraphQL over HTTP',
  claims: (hint) =>
    mediaTypeOf(hint) === 'application/graphql-response+json' ||
    (GRAPHQL_PATH.test(pathOf(hint.url)) &&
      !isWebSocketUrl(hint.url) &&
      !isEventStream(hint) &&
      // The console that servers show to browsers.
      mediaTypeOf(hint) !== 'text/html'),
  recognises: (payload, direction, { url }) => {
    if (direction === 'received' || isWebSocketUrl(url) || typeof payload !== 'string') return false;
    const requests = items(readJson(payload));
    return requests.length > 0 && requests.every(isRequest);
  },
  decode: (payload, direction, hint) => {
    const text = textOfPayload(payload, PARSE_LIMIT);
    if (direction === 'sent') return items(readJson(text)).flatMap(ofRequest);
    const boundary = mediaTypeOf(hint) === 'multipart/mixed' ? boundaryOf(hint.contentType!) : null;
    return (boundary === null ? items(readJson(text)) : parts(text, boundary)).flatMap(ofResponse);
  },
};

/** By convention, and by the default of the common servers. */
export const GRAPHQL_PATH = /\/(?:graphql|gql)(?:\/stream)?\/?$/i;

/** One request or a batch of them. */
const items = (value: unknown): unknown[] =>
  Array.isArray(value) ? value.slice(0, MAX_LABELS) : value === undefined ? [] : [value];

function ofRequest(request: unknown): Label[] {
  const operation = operationOf(request);
  return operation === null ? [] : [label('data', operation.kind, operation.name)];
}

function ofResponse(response: unknown): Label[] {
  // Apollo Router keeps multipart subscriptions alive with empty parts.
  if (isEmptyObject(response)) return [label('heartbeat', 'heartbeat')];
  const result = isObject(response) && isObject(response.payload) ? response.payload : response;
  return isResult(result) ? [label('data', 'result')] : [];
}

function boundaryOf(contentType: string): string {
  const [, quoted, bare] = /;\s{0,8}boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType) ?? [];
  // https://graphql.org/blog/2020-12-08-defer-stream/: `-` unless told otherwise.
  return `--${quoted ?? bare ?? '-'}`;
}

/** Each part is a header, a blank line and JSON. */
const parts = (body: string, boundary: string): unknown[] =>
  body.split(boundary, MAX_LABELS).flatMap((part) => {
    const blank = part.indexOf('\r\n\r\n');
    return blank < 0 ? [] : items(readJson(part.slice(blank + 4)));
  });
