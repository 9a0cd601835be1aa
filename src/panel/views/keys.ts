import type { Store } from '../store.ts';
import { dialog } from './layout/dialogs.ts';
import { clearStore } from './session/clear.ts';

/** DevTools' own keys, wherever the focus is but where somebody types. Returns how to let go of them. */
export function attachKeys(store: Store): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (dialog.peek() !== null || event.defaultPrevented) return;
    const typing = isTyping(event.target);
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key === 'e') store.recorder?.record(!store.recorder.recording);
    else if ((event.ctrlKey && event.key === 'l') || (event.metaKey && event.key === 'k')) clearStore(store);
    else if ((command && event.key === 'f') || (event.key === '/' && !typing)) focusFilter();
    else if (event.key === 'Escape' && !typing && store.selectedId.peek() !== null) closeDetail(store);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  // Below the document: there DevTools takes its own keys from an extension's pages, Escape for its drawer among them.
  const { body } = document;
  body.addEventListener('keydown', onKey);
  return () => body.removeEventListener('keydown', onKey);
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'file'].includes(target.type);
}

function focusFilter(): void {
  const input = document.querySelector<HTMLInputElement>('[data-filter]');
  input?.focus();
  input?.select();
}

/** The focus goes back to where the channel was chosen. */
export function closeDetail(store: Store): void {
  store.select(null);
  document.querySelector<HTMLElement>('.channels table, .timeline__scroller')?.focus();
}
