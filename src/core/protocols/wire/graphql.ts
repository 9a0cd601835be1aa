import { isObject, type Json, textOf } from './json.ts';

/** `query Quote { … }` → its kind and name; anonymous operations and shorthand have no name. */
const OPERATION = /(?:^|[\s}])(query|mutation|subscription)\b(?:\s+([_A-Za-z]\w*))?/;
const SHORTHAND = /^\s*\{/;
const DOCUMENT = /^\s*(?:#[^\n]*\n\s*)*(?:\{|(?:query|mutation|subscription|fragment)\b[^{]{0,2000}\{)/;
/** Fragments may come before the operation, but not for ever. */
const HEAD_CHARS = 4000;

export interface Operation {
  kind: 'query' | 'mutation' | 'subscription';
  name: string | null;
}

/** What a GraphQL request asks for; null when it is none. A persisted query without a text is taken for a query. */
export function operationOf(request: unknown): Operation | null {
  if (!isObject(request)) return null;
  const text = textOf(request.query);
  const name = textOf(request.operationName);
  if (text === null) return isPersisted(request) ? { kind: 'query', name } : null;
  const [, kind, ownName] = SHORTHAND.test(text) ? [] : (OPERATION.exec(text.slice(0, HEAD_CHARS)) ?? []);
  return { kind: (kind ?? 'query') as Operation['kind'], name: name ?? ownName ?? null };
}

/** Certainly GraphQL: a document, as no `query` of a search form begins, or a persisted one by its standard extension. */
export const isRequest = (value: unknown): boolean =>
  isObject(value) && (DOCUMENT.test(textOf(value.query) ?? '') || isAutomaticallyPersisted(value));

/** The name alone, for protocols that say the kind by other means. */
export const operationName = (request: unknown): string | null => operationOf(request)?.name ?? null;

const isPersisted = (request: Json): boolean =>
  isAutomaticallyPersisted(request) || typeof request.documentId === 'string' || typeof request.id === 'string';

const isAutomaticallyPersisted = ({ extensions }: Json): boolean =>
  isObject(extensions) && 'persistedQuery' in extensions;

/** An execution result: `data`, `errors`, or an increment of either. */
export const isResult = (value: unknown): boolean =>
  isObject(value) && ('data' in value || Array.isArray(value.errors) || 'incremental' in value || 'hasNext' in value);
