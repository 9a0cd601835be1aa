import { getterOf, now, observeEvent } from './natives.ts';
import type { Outbox } from './outbox.ts';

const visibilityState = getterOf(Document.prototype, 'visibilityState');

/** Tells whether the document is shown, at first and whenever it changes. No exchange or connection has the id 0. */
export function tellVisibility(outbox: Outbox, pageDocument: Document): void {
  const tell = () => outbox.emit(['visibility', 0, now(), visibilityState(pageDocument)]);
  tell();
  observeEvent(pageDocument, 'visibilitychange', tell);
}
