/** GraphQL documents start with one of these, or with a selection. */
const GRAPHQL = /^\s*(query|mutation|subscription|fragment|\{)/;

/**
 * What tells calls on one URL apart: the operation of a GraphQL call (its name, else its normalised document) or the method of a
 * JSON-RPC call; null for any other. `requestText` may be cut off, as a page hook hands on the head of a body only.
 */
export function discriminatorOf(url: string, requestText: string | null): string | null {
  if (requestText === null || requestText === '') return operationInQuery(url);
  const first = requestText.trimStart()[0];
  if (first !== '{' && first !== '[') return operationInQuery(url);
  const body = parse(requestText);
  const calls = Array.isArray(body) ? body : [body];
  const names = calls.map(operationOf).filter((name) => name !== null);
  return names.length > 0 ? names.join('+') : operationInQuery(url);
}

function operationOf(call: unknown): string | null {
  if (typeof call !== 'object' || call === null) return null;
  const { operationName, query, method, jsonrpc } = call as Record<string, unknown>;
  if (typeof operationName === 'string' && operationName !== '') return operationName;
  if (typeof query === 'string' && GRAPHQL.test(query)) return nameOf(query) ?? normalised(query);
  if (typeof method === 'string' && jsonrpc !== undefined) return method;
  return null;
}

const operationInQuery = (url: string): string | null =>
  url.includes('operationName=') ? (/[?&]operationName=([^&#]+)/.exec(url)?.[1] ?? null) : null;

const nameOf = (document: string): string | null =>
  /^\s*(?:query|mutation|subscription)\s+(\w+)/.exec(document)?.[1] ?? null;

const normalised = (document: string): string => document.replace(/\s+/g, ' ').trim().slice(0, 80);

/** A text cut off in the middle is no JSON any more: what names the call usually stands at its head. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const field = (name: string) => new RegExp(`"${name}"\\s*:\\s*"((?:[^"\\\\]|\\\\.)*)`).exec(text)?.[1];
    return {
      operationName: field('operationName'),
      query: field('query')?.replaceAll('\\n', ' '),
      method: field('method'),
      jsonrpc: field('jsonrpc'),
    };
  }
}
