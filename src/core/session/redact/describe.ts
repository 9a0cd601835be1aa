import type { NetworkEntry } from '../../model.ts';
import type { Log } from '../../state.ts';
import { createRedactor, type Redactor, type Removal } from './redactor.ts';

/**
 * What an export of this log leaves out unless it is raw, most frequent first, for a look before saving. Counted once where
 * it was seen: a token in the URL of ten requests is ten.
 */
export function describeRemovals({ documents, history }: Log): Removal[] {
  const redactor = createRedactor();
  const { url, text, bytes } = redactor;
  for (const document of documents.values()) url(document.url);
  for (const exchange of history.exchanges.all) {
    const { network, requestText } = exchange;
    url(exchange.url);
    text(network?.requestBody ?? requestText ?? '');
    if (network === null) continue;
    visitHeaders(network, redactor);
    text(network.body ?? '');
  }
  for (const connection of history.connections) {
    url(connection.url);
    text(connection.protocol);
    for (const handshake of connection.handshakes) visitHeaders(handshake, redactor);
  }
  const { messages } = history;
  for (let seq = messages.first; seq < messages.next; seq++) {
    const content = messages.get(seq)?.content ?? '';
    if (typeof content === 'string') text(content);
    else bytes(content);
  }
  return redactor.removals();
}

function visitHeaders({ requestHeaders, responseHeaders }: NetworkEntry, { header }: Redactor): void {
  requestHeaders.forEach(header);
  responseHeaders.forEach(header);
}
