import { signal } from '@preact/signals';
import './announcer.css';

const said = signal({ text: '', n: 0 });
const SHOWN_MS = 2500;
let timer = 0;

/** Says something to everyone: shown for a moment, and read out. */
export function announce(text: string): void {
  clearTimeout(timer);
  said.value = { text, n: said.peek().n + 1 };
  timer = window.setTimeout(() => {
    said.value = { text: '', n: said.peek().n };
  }, SHOWN_MS);
}

/** Where it is said; rendered once. */
export const Announcer = () => (
  <div class={said.value.text === '' ? 'announcer' : 'announcer announcer--shown'} role="status" aria-live="polite">
    <span key={said.value.n}>{said.value.text}</span>
  </div>
);
